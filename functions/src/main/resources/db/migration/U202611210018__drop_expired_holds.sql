-- Undoes V202611210018__drop_expired_holds.sql.

-- What the expired holds on a counter still take of it. A function, so that a query that may need it is planned once: how
-- many have expired is a guess that the planner would make anew every time.
CREATE FUNCTION stipend.expired_holds(
  of_workspace uuid, of_budget uuid, of_subject text, of_period timestamptz, at timestamptz) RETURNS numeric
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(h.amount), 0)
    FROM stipend.reservation_budgets h
    WHERE h.budget_id = of_budget
      AND h.expires_at <= at
      AND h.workspace_id = of_workspace
      AND h.subject = of_subject
      AND h.period_start = of_period);
END
$$;
