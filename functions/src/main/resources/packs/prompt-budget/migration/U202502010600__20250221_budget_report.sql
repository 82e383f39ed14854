-- Undoes V202502010600__20250221_budget_report.sql. The snapshots stay; their reports are gone.

ALTER TABLE prompt_snapshots DROP COLUMN budget_report;
