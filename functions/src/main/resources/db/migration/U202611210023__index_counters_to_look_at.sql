-- Undoes V202611210023__index_counters_to_look_at.sql.
DROP INDEX CONCURRENTLY stipend.budget_periods_to_look_at;
