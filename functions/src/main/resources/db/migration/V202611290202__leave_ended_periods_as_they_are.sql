-- From now on, a period that ended with a crossing that nobody was notified of is told once. Those that ended before this
-- migration are not: what waits to be evaluated of them is only closed.
UPDATE stipend.budget_periods
SET dirty = FALSE
WHERE dirty
  AND closed_at IS NULL
  AND period_end <= now();
