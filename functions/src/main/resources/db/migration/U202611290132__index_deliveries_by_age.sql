-- Undoes V202611290132__index_deliveries_by_age.sql.
DROP INDEX CONCURRENTLY stipend.alert_deliveries_created_at;
