-- Undoes V202611210033__index_deliveries_by_channel.sql.
DROP INDEX CONCURRENTLY stipend.alert_deliveries_due_at_channel;
