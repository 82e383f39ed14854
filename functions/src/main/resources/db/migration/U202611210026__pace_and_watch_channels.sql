-- Undoes V202611210026__pace_and_watch_channels.sql. Warnings about channels are gone with it.

DROP TABLE stipend.slack_requests;

DELETE FROM stipend.alert_deliveries WHERE purpose = 'undelivered';
ALTER TABLE stipend.alert_deliveries
  DROP COLUMN digest_id,
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check CHECK (purpose IN ('raised', 'recovered'));

DROP INDEX stipend.notification_channels_fallback;
ALTER TABLE stipend.notification_channels
  DROP COLUMN is_fallback,
  DROP COLUMN health_reason,
  DROP COLUMN failing_since,
  DROP COLUMN next_send_at,
  DROP COLUMN wake_at;
