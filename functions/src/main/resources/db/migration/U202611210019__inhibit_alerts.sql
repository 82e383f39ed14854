-- Undoes V202611210019__inhibit_alerts.sql. Alerts that were kept back end as they would have before: told of or not, a
-- higher line speaks for them.
UPDATE stipend.alert_logs SET state = 'superseded' WHERE state = 'inhibited';

ALTER TABLE stipend.alert_logs
  DROP CONSTRAINT alert_logs_state_check,
  ADD CONSTRAINT alert_logs_state_check
    CHECK (state IN ('open', 'superseded', 'suppressed', 'resolved', 'ended'));
