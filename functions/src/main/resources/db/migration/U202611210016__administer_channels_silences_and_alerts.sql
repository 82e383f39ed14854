-- Undoes V202611210016__administer_channels_silences_and_alerts.sql. What it made is gone with its data.

DROP INDEX stipend.silences_until;
ALTER TABLE stipend.silences DROP COLUMN created_at;

DROP INDEX stipend.alert_deliveries_suppressed;
DROP INDEX stipend.alert_logs_snoozed;

ALTER TABLE stipend.notification_channels
  DROP CONSTRAINT notification_channels_archived,
  DROP COLUMN archived_at,
  DROP COLUMN archived_name;
