-- Undoes V202611300200__price_requests_by_their_kind.sql. What it made is gone with its data.

DROP TABLE stipend.unknown_usage_attributes;

ALTER TABLE stipend.model_prices DROP COLUMN tariff;

ALTER TABLE stipend.usage_logs DROP COLUMN details;
