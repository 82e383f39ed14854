-- Why an alert was raised and is over, as codes with parameters; the texts stay beside them. Until when an alert is held
-- back, because its threshold was crossed too often. By which alert a channel was spared a delivery.
ALTER TABLE stipend.alert_logs
  ADD COLUMN reason_code text,
  ADD COLUMN reason_parameters jsonb,
  ADD COLUMN resolved_code text,
  ADD COLUMN resolved_parameters jsonb,
  ADD COLUMN held_until timestamptz;

ALTER TABLE stipend.alert_deliveries ADD COLUMN spared_by uuid;
