-- Undoes V202611210020__validate_alert_states.sql: the check is there again for new rows only.
ALTER TABLE stipend.alert_logs
  DROP CONSTRAINT alert_logs_state_check,
  ADD CONSTRAINT alert_logs_state_check
    CHECK (state IN ('open', 'superseded', 'inhibited', 'resolved', 'ended')) NOT VALID;
