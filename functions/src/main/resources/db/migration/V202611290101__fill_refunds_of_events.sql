-- Refunds that are there already; they happened at most 35 days before or after the events whose ids are remembered.
-- Apart from the new column, so that nobody waits for its lock. Functions of the release before write adjustments
-- without it until they are replaced; they do not ask for it either.
UPDATE stipend.usage_event_ids known
SET refunded = taken.amount
FROM (
  SELECT workspace_id, corrects, -sum(cost) AS amount
  FROM stipend.usage_logs
  WHERE kind = 'adjustment'
    AND cost < 0
    AND unpriced = 0
    AND corrects IS NOT NULL
    AND occurred_at >= now() - interval '71 days'
  GROUP BY workspace_id, corrects) AS taken
WHERE known.workspace_id = taken.workspace_id
  AND known.event_id = taken.corrects;
