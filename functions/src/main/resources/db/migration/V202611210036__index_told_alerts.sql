-- Summaries count what people were told of in a day or a week.
CREATE INDEX CONCURRENTLY alert_logs_told ON stipend.alert_logs (workspace_id, told_at) WHERE told_at IS NOT NULL;
