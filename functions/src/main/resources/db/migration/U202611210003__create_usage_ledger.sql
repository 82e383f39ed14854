-- Undoes V202611210003__create_usage_ledger.sql. What it made is gone with its data.

DROP TABLE stipend.cost_tracking;
DROP FUNCTION stipend.create_usage_partitions(timestamptz, timestamptz);
DROP TABLE stipend.usage_logs;
DROP TABLE stipend.usage_event_ids;
