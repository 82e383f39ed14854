-- What a period had spent when it closed. An event that comes later is compared with it: a line that was not reached
-- then, and is now, restates the period.

ALTER TABLE stipend.budget_periods ADD COLUMN closed_spend numeric(38, 12);

UPDATE stipend.budget_periods SET closed_spend = spend WHERE closed_at IS NOT NULL;

ALTER TABLE stipend.budget_periods
  ADD CONSTRAINT budget_periods_closed_spend CHECK ((closed_at IS NULL) = (closed_spend IS NULL));
