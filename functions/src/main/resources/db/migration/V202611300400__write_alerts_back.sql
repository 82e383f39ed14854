-- Channels may be tables of the watched application, which are told of changes that no notice says.

ALTER TABLE stipend.notification_channels
  DROP CONSTRAINT notification_channels_kind_check,
  ADD CONSTRAINT notification_channels_kind_check
    CHECK (kind IN ('slack_webhook', 'slack_bot', 'email', 'webhook', 'table')) NOT VALID;

ALTER TABLE stipend.alert_deliveries
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered', 'changed', 'summary')) NOT VALID;
