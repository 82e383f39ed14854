-- Undoes V202611290162__index_counters_by_period.sql.
DROP INDEX CONCURRENTLY stipend.budget_periods_of_budget;
