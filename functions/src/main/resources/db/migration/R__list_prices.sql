-- Public list prices, US dollars per million tokens, with the day they were quoted. Shared by every workspace (the nil
-- id). A model's first price also covers what was used before it: its effective_from is the beginning.
-- Columns: provider, model, input, cached input, output, quoted on.

INSERT INTO stipend.model_prices AS p (
  workspace_id, provider, model, effective_from, input_per_million, cached_input_per_million, output_per_million,
  currency, quoted_on)
SELECT CAST('00000000-0000-0000-0000-000000000000' AS uuid), provider, model, CAST('2000-01-01T00:00:00Z' AS timestamptz),
  input, cached_input, output, 'USD', CAST(quoted_on AS date)
FROM (VALUES
  ('openai', 'gpt-4o', 2.50, 1.25, 10.00, '2025-04-01'),
  ('openai', 'gpt-4o-mini', 0.15, 0.075, 0.60, '2025-04-01'),
  ('openai', 'gpt-4.1', 2.00, 0.50, 8.00, '2025-04-15'),
  ('openai', 'gpt-4.1-mini', 0.40, 0.10, 1.60, '2025-04-15'),
  ('openai', 'gpt-4.1-nano', 0.10, 0.025, 0.40, '2025-04-15'),
  ('openai', 'gpt-4-turbo', 10.00, NULL, 30.00, '2025-04-01'),
  ('openai', 'gpt-3.5-turbo', 0.50, NULL, 1.50, '2025-04-01'),
  ('openai', 'o1', 15.00, 7.50, 60.00, '2025-04-01'),
  ('openai', 'o3-mini', 1.10, 0.55, 4.40, '2025-04-01'),
  ('openai', 'o4-mini', 1.10, 0.275, 4.40, '2025-04-16'),
  ('openai', 'text-embedding-3-small', 0.02, NULL, 0.00, '2025-04-01'),
  ('openai', 'text-embedding-3-large', 0.13, NULL, 0.00, '2025-04-01'),
  ('anthropic', 'claude-3-opus-20240229', 15.00, 1.50, 75.00, '2025-04-01'),
  ('anthropic', 'claude-3-5-sonnet-20241022', 3.00, 0.30, 15.00, '2025-04-01'),
  ('anthropic', 'claude-3-7-sonnet-20250219', 3.00, 0.30, 15.00, '2025-04-01'),
  ('anthropic', 'claude-3-5-haiku-20241022', 0.80, 0.08, 4.00, '2025-04-01'),
  ('anthropic', 'claude-3-haiku-20240307', 0.25, 0.03, 1.25, '2025-04-01'),
  ('anthropic', 'claude-sonnet-4-20250514', 3.00, 0.30, 15.00, '2025-05-22'),
  ('anthropic', 'claude-opus-4-20250514', 15.00, 1.50, 75.00, '2025-05-22'),
  ('google', 'gemini-2.0-flash', 0.10, 0.025, 0.40, '2025-04-01'),
  ('google', 'gemini-1.5-pro', 1.25, 0.3125, 5.00, '2025-04-01'),
  ('google', 'gemini-1.5-flash', 0.075, 0.01875, 0.30, '2025-04-01'),
  ('mistral', 'mistral-large-latest', 2.00, NULL, 6.00, '2025-04-01'),
  ('mistral', 'mistral-small-latest', 0.10, NULL, 0.30, '2025-04-01'),
  ('deepseek', 'deepseek-chat', 0.27, 0.07, 1.10, '2025-04-01'),
  ('deepseek', 'deepseek-reasoner', 0.55, 0.14, 2.19, '2025-04-01')
) AS list (provider, model, input, cached_input, output, quoted_on)
ON CONFLICT (workspace_id, provider, model, effective_from) DO UPDATE
SET input_per_million = EXCLUDED.input_per_million,
    cached_input_per_million = EXCLUDED.cached_input_per_million,
    output_per_million = EXCLUDED.output_per_million,
    quoted_on = EXCLUDED.quoted_on;
