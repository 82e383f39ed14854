-- Undoes V202611290201__index_unannounced_alerts.sql.
DROP INDEX stipend.alert_logs_unannounced;
