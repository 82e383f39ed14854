-- Undoes V202611210024__watch_silent_sources.sql. Lines of the new kind are gone.
ALTER TABLE stipend.alert_logs
  DROP COLUMN remind_at,
  DROP COLUMN reminders;

DELETE FROM stipend.budget_thresholds WHERE kind = 'stale';

ALTER TABLE stipend.budget_thresholds
  DROP COLUMN remind_every_hours,
  DROP CONSTRAINT budget_thresholds_kind_check,
  ADD CONSTRAINT budget_thresholds_kind_check CHECK (kind IN ('actual', 'forecast', 'unusual'));
