-- requires: table ai_models from 001_comprehensive_schema
-- Models to begin with. The prices are samples; the providers' own lists count.

INSERT INTO ai_models (
  provider, model, display_name, input_price_per_million, output_price_per_million, context_window, capabilities)
VALUES
  ('openai', 'gpt-4o', 'GPT-4o', 2.50, 10.00, 128000, '["chat", "vision", "tools"]'),
  ('openai', 'gpt-4o-mini', 'GPT-4o mini', 0.15, 0.60, 128000, '["chat", "vision", "tools"]'),
  ('anthropic', 'claude-haiku-4-5', 'Claude Haiku 4.5', 1.00, 5.00, 200000, '["chat", "vision", "tools"]')
ON CONFLICT (provider, model) DO NOTHING;
