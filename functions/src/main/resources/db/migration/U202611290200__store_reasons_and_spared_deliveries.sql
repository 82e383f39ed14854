-- Undoes V202611290200__store_reasons_and_spared_deliveries.sql. The texts of reasons stay.
ALTER TABLE stipend.alert_deliveries DROP COLUMN spared_by;

ALTER TABLE stipend.alert_logs
  DROP COLUMN reason_code,
  DROP COLUMN reason_parameters,
  DROP COLUMN resolved_code,
  DROP COLUMN resolved_parameters,
  DROP COLUMN held_until;
