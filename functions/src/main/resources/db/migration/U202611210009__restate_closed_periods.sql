-- Undoes V202611210009__restate_closed_periods.sql. What it made is gone with its data.

ALTER TABLE stipend.budget_periods
  DROP CONSTRAINT budget_periods_closed_spend,
  DROP COLUMN closed_spend;
