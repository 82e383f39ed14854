-- What turn_metrics cost. Where nobody has told a cost, the price list makes one of the tokens.
--
-- relation: turn_metrics
-- order: created_at
-- id: id
-- needs: turn_id, user_id, agent_id, provider, model, input_tokens, cached_input_tokens, output_tokens, cost, currency
-- gives: event_id, occurred_at, user_id, agent_id, workflow_id, provider, model, input_tokens, cached_input_tokens, output_tokens, cost, currency
-- lookback: 15m

SELECT
  id AS event_id,
  created_at AS occurred_at,
  user_id,
  agent_id,
  turn_id AS workflow_id,
  provider,
  model,
  input_tokens,
  cached_input_tokens,
  output_tokens,
  cost,
  currency
FROM page
