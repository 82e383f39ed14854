-- A channel's turn asks for what is due there, and for nothing else.
CREATE INDEX CONCURRENTLY alert_deliveries_due_at_channel
  ON stipend.alert_deliveries (workspace_id, channel_id, next_attempt_at)
  WHERE status IN ('pending', 'sending', 'retrying');
