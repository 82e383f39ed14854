ALTER TABLE stipend.alert_logs VALIDATE CONSTRAINT alert_logs_state_check;
