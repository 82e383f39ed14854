-- What ai_requests cost. A request has its final cost when it has ended; one that has a cost before
-- counts at once, and what is added later counts as a difference.
--
-- relation: ai_requests
-- order: created_at
-- id: id
-- needs: user_id, agent_id, conversation_id, provider, model, input_tokens, cached_input_tokens, output_tokens, total_cost, currency, status
-- gives: event_id, occurred_at, user_id, agent_id, workflow_id, provider, model, input_tokens, cached_input_tokens, output_tokens, cost, currency, settled
-- lookback: 15m

SELECT
  id AS event_id,
  created_at AS occurred_at,
  user_id,
  agent_id,
  conversation_id AS workflow_id,
  provider,
  model,
  input_tokens,
  cached_input_tokens,
  output_tokens,
  total_cost AS cost,
  currency,
  status NOT IN ('pending', 'processing') AS settled
FROM page
