-- The sweep asks for exactly these.
CREATE INDEX CONCURRENTLY alert_logs_to_remind ON stipend.alert_logs (remind_at)
  WHERE remind_at IS NOT NULL AND resolved_at IS NULL;
