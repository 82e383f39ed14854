-- The sweep asks for exactly these.
CREATE INDEX CONCURRENTLY budget_periods_to_look_at ON stipend.budget_periods (look_at) WHERE look_at IS NOT NULL;
