-- What the LiteLLM proxy spent. It writes a row after the call has ended, up to a minute later, with
-- the time when the call began. A cost of 0 is also what it says of a model without a known price:
-- only of a failed call, or one from its cache, it is believed.
--
-- relation: LiteLLM_SpendLogs
-- order: startTime
-- id: request_id
-- needs: spend, prompt_tokens, completion_tokens, model, custom_llm_provider, user, team_id, end_user, cache_hit, status, session_id, agent_id
-- gives: event_id, occurred_at, user_id, agent_id, team_id, provider, model, input_tokens, output_tokens, cost, tags
-- lookback: 1h

SELECT
  request_id AS event_id,
  "startTime" AS occurred_at,
  coalesce(nullif(end_user, ''), "user") AS user_id,
  agent_id,
  team_id,
  custom_llm_provider AS provider,
  model,
  prompt_tokens AS input_tokens,
  completion_tokens AS output_tokens,
  CASE
    WHEN spend <> 0 OR status = 'failure' OR lower(cache_hit) = 'true' OR prompt_tokens + completion_tokens = 0
      THEN round(CAST(spend AS numeric), 12)
  END AS cost,
  jsonb_strip_nulls(jsonb_build_object('session', nullif(session_id, ''), 'status', nullif(status, 'success'))) AS tags
FROM page
