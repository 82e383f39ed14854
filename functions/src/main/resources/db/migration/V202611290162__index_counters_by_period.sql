-- The subjects of a budget are listed for one period. None of these columns ever changes, so updates stay HOT.
CREATE INDEX CONCURRENTLY budget_periods_of_budget
  ON stipend.budget_periods (workspace_id, budget_id, period_start);
