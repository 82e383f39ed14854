-- Undoes V202611210017__stamp_budgets.sql. What it made is gone with its data.

DROP TRIGGER budgets_truncated ON stipend.budgets;
DROP TRIGGER budgets_deleted ON stipend.budgets;
DROP TRIGGER budgets_updated ON stipend.budgets;
DROP TRIGGER budgets_inserted ON stipend.budgets;

DROP FUNCTION stipend.stamp_budgets();

ALTER TABLE stipend.workspaces DROP COLUMN budgets_stamp;
