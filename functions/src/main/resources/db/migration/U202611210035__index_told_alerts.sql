-- Undoes V202611210035__index_told_alerts.sql.
DROP INDEX CONCURRENTLY stipend.alert_logs_told;
