-- Those that are open speak for themselves; of those that are over, the ones that somebody was told of did. Apart from
-- the new column, so that nobody waits for its lock.
UPDATE stipend.alert_logs a
SET told_at = a.raised_at
WHERE a.told_at IS NULL
  AND (a.state = 'open'
    OR a.resolved_at IS NOT NULL AND EXISTS (
      SELECT
      FROM stipend.alert_deliveries d
      WHERE d.workspace_id = a.workspace_id
        AND d.alert_id = a.id
        AND d.purpose = 'raised'
        AND (d.status <> 'suppressed' OR d.sent_at IS NOT NULL)));

-- A line whose higher line was over already is told by the next evaluation, where nobody heard of that.
UPDATE stipend.budget_periods c
SET dirty = TRUE
WHERE c.closed_at IS NULL
  AND EXISTS (
    SELECT
    FROM stipend.alert_logs a
    WHERE a.workspace_id = c.workspace_id
      AND a.budget_id = c.budget_id
      AND a.subject = c.subject
      AND a.period_start = c.period_start
      AND a.state = 'superseded'
      AND a.resolved_at IS NULL);
