-- The sweep looks for alerts that the release before this one logged without announcing them; there are few, and none once
-- that release is gone.
CREATE INDEX CONCURRENTLY alert_logs_unannounced ON stipend.alert_logs (workspace_id, id)
  WHERE state = 'superseded' AND resolved_at IS NULL;
