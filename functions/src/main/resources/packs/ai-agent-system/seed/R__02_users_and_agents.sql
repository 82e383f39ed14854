-- requires: table users from 001_comprehensive_schema
-- requires: table agents from 001_comprehensive_schema
-- Two people, a budget and an agent to look at. Nobody can log in with these passwords.

INSERT INTO users (
  username, email, hashed_password, full_name, role, preferred_provider, preferred_model, monthly_budget_limit)
VALUES
  ('admin', 'admin@example.com', '!', 'Sample Admin', 'admin', 'openai', 'gpt-4o', 100),
  ('ada', 'ada@example.com', '!', 'Sample User', 'user', 'openai', 'gpt-4o-mini', 20)
ON CONFLICT DO NOTHING;

INSERT INTO user_budgets (user_id, name, period_type, limit_amount, alert_threshold)
SELECT id, 'Every day', 'daily', 2, 65
FROM users
WHERE username = 'ada'
ON CONFLICT (user_id, name) DO NOTHING;

INSERT INTO agents (name, description, ai_model_id, system_prompt, temperature, configuration)
SELECT 'Code reviewer', 'Reads a change and says what to improve', id, 'Review the change. Be brief.', 0.2,
  '{"tools": ["diff"]}'
FROM ai_models
WHERE provider = 'openai' AND model = 'gpt-4o'
ON CONFLICT (name) DO NOTHING;
