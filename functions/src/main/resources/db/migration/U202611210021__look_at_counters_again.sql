-- Undoes V202611210021__look_at_counters_again.sql. Lines of the new kind are gone.
DELETE FROM stipend.budget_thresholds WHERE kind = 'unusual';

ALTER TABLE stipend.budget_thresholds
  DROP CONSTRAINT budget_thresholds_kind_check,
  ADD CONSTRAINT budget_thresholds_kind_check CHECK (kind IN ('actual', 'forecast'));

ALTER TABLE stipend.budget_periods DROP COLUMN look_at;
