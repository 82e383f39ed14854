-- The first event that is recorded after a period's end keeps the spend that was known until then, before the period is
-- closed.
ALTER TABLE stipend.budget_periods DROP CONSTRAINT budget_periods_closed_spend;
