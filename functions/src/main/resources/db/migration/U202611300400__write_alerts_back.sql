-- Undoes V202611300400__write_alerts_back.sql. Channels that are tables are gone, with what was delivered to them.
DELETE FROM stipend.alert_deliveries d
USING stipend.notification_channels c
WHERE c.workspace_id = d.workspace_id
  AND c.id = d.channel_id
  AND c.kind = 'table';
DELETE FROM stipend.budget_channels b
USING stipend.notification_channels c
WHERE c.workspace_id = b.workspace_id
  AND c.id = b.channel_id
  AND c.kind = 'table';
DELETE FROM stipend.notification_channels WHERE kind = 'table';
DELETE FROM stipend.alert_deliveries WHERE purpose = 'changed';

ALTER TABLE stipend.alert_deliveries
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered', 'summary'));
ALTER TABLE stipend.notification_channels
  DROP CONSTRAINT notification_channels_kind_check,
  ADD CONSTRAINT notification_channels_kind_check
    CHECK (kind IN ('slack_webhook', 'slack_bot', 'email', 'webhook'));
