-- Undoes V202611300100__backfill_budgets_step_by_step.sql. What was not filled yet, a rebuild adds.
DROP TABLE stipend.budget_backfills;
