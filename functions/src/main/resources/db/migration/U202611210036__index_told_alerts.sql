-- Undoes V202611210036__index_told_alerts.sql.
DROP INDEX CONCURRENTLY stipend.alert_logs_told;
