-- Undoes V202611210031__schedule_summaries.sql. Summaries and their schedules are gone.
DELETE FROM stipend.alert_deliveries WHERE purpose = 'summary';

ALTER TABLE stipend.alert_deliveries
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered')),
  ADD CONSTRAINT alert_deliveries_workspace_id_alert_id_fkey
    FOREIGN KEY (workspace_id, alert_id) REFERENCES stipend.alert_logs (workspace_id, id);

DROP TABLE stipend.summary_schedules;
