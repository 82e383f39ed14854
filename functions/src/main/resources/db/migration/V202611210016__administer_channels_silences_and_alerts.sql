-- Channels that are gone keep the history of their deliveries; silences and snoozes end without anybody watching them.

-- What is archived gives its name free, and keeps it for the history.
ALTER TABLE stipend.notification_channels
  ADD COLUMN archived_at timestamptz,
  ADD COLUMN archived_name text,
  ADD CONSTRAINT notification_channels_archived CHECK ((archived_at IS NULL) = (archived_name IS NULL));

-- The sweep asks which snoozes have ended, and which suppressed deliveries are to be looked at again: next_attempt_at
-- of a suppressed delivery is when what suppresses it ends.
CREATE INDEX alert_logs_snoozed
  ON stipend.alert_logs (snoozed_until) WHERE snoozed_until IS NOT NULL AND resolved_at IS NULL;
CREATE INDEX alert_deliveries_suppressed ON stipend.alert_deliveries (next_attempt_at) WHERE status = 'suppressed';

-- A notice asks for the silences of its workspace that have not ended. Until now they were made by nobody; the time of
-- their start stands in for the time of their making.
ALTER TABLE stipend.silences ADD COLUMN created_at timestamptz;
UPDATE stipend.silences SET created_at = from_time;
ALTER TABLE stipend.silences ALTER COLUMN created_at SET NOT NULL;
CREATE INDEX silences_until ON stipend.silences (workspace_id, until_time);
