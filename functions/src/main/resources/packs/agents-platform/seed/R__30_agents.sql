-- Three agents of the super admin. Repeating it changes nothing.
-- requires: table users from init_mvp_core
-- requires: table agents from init_mvp_core

INSERT INTO agents (
  "createdBy", name, slug, description, category, model, "endpointUrl", "systemPrompt", "isPublic", "isActive",
  capabilities, "updatedAt")
SELECT
  u.id, a.name, a.slug, a.description, a.category, 'gemini-2.0-flash', '/api/agents/' || a.slug, a.prompt, a.public,
  TRUE, CAST(a.capabilities AS jsonb), CURRENT_TIMESTAMP
FROM users u
CROSS JOIN (
  VALUES
    ('Coding Assistant', 'coding-assistant', 'Expert in TypeScript, React, and Next.js', 'productivity',
      'You are an expert coding assistant...', TRUE, '["code_generation", "debugging", "refactoring"]'),
    ('Health Advisor', 'health-advisor', 'Personal health and wellness assistant', 'health',
      'You are a health and wellness advisor...', FALSE, '["health_tracking", "medication_reminders"]'),
    ('Finance Planner', 'finance-planner', 'Personal finance management assistant', 'finance',
      'You are a personal finance advisor...', FALSE, '["budgeting", "investment_tracking", "expense_analysis"]')
) AS a (name, slug, description, category, prompt, public, capabilities)
WHERE u.email = 'superadmin@example.com'
ON CONFLICT (slug) DO NOTHING;
