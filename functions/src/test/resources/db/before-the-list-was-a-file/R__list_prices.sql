-- The list as it was brought in before it became a data file, in short, with an entry that the file does not have.

INSERT INTO stipend.model_prices (
  workspace_id, provider, model, effective_from, input_per_million, cached_input_per_million, output_per_million,
  currency, quoted_on)
VALUES
  ('00000000-0000-0000-0000-000000000000', 'openai', 'gpt-4o', '2000-01-01T00:00:00Z', 7, NULL, 7, 'USD', '2025-04-01'),
  ('00000000-0000-0000-0000-000000000000', 'acme', 'forgotten', '2000-01-01T00:00:00Z', 1, NULL, 2, 'USD', '2025-04-01');
