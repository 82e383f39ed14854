-- Undoes V202611210004__create_budgets.sql. What it made is gone with its data.

DROP TABLE stipend.budget_periods;
DROP TABLE stipend.budget_thresholds;
DROP TABLE stipend.budget_versions;
DROP TABLE stipend.budgets;
