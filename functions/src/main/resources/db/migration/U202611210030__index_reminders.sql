-- Undoes V202611210030__index_reminders.sql.
DROP INDEX CONCURRENTLY stipend.alert_logs_to_remind;
