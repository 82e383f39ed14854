-- Undoes V202611210032__validate_summaries.sql: the check is there again for new rows only.
ALTER TABLE stipend.alert_deliveries
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered', 'summary')) NOT VALID;
