-- Undoes V202611210025__validate_kinds_again.sql: the check is there again for new rows only.
ALTER TABLE stipend.budget_thresholds
  DROP CONSTRAINT budget_thresholds_kind_check,
  ADD CONSTRAINT budget_thresholds_kind_check CHECK (kind IN ('actual', 'forecast', 'unusual', 'stale')) NOT VALID;
