-- Maintenance forgets old deliveries.
CREATE INDEX CONCURRENTLY alert_deliveries_created_at ON stipend.alert_deliveries (created_at);
