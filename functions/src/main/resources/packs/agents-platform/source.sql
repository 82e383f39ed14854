-- What usage_logs cost.
--
-- relation: usage_logs
-- order: timestamp
-- id: id
-- needs: userId, agentId, conversationId, model, tokensInput, tokensOutput, totalCost
-- gives: event_id, occurred_at, user_id, agent_id, workflow_id, model, input_tokens, output_tokens, cost
-- lookback: 15m

SELECT
  id AS event_id,
  "timestamp" AS occurred_at,
  "userId" AS user_id,
  "agentId" AS agent_id,
  "conversationId" AS workflow_id,
  model,
  "tokensInput" AS input_tokens,
  "tokensOutput" AS output_tokens,
  "totalCost" AS cost
FROM page
