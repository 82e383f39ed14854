-- Undoes V202611210027__validate_delivery_purposes.sql: the check is there again for new rows only.
ALTER TABLE stipend.alert_deliveries
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered')) NOT VALID;
