-- A workspace to look at, with one budget. Repeating it changes nothing.

INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
VALUES ('sample', 'Sample workspace', 'USD', 'UTC')
ON CONFLICT (slug) DO NOTHING;

INSERT INTO stipend.budgets (
  workspace_id, name, scope, scope_id, limit_amount, period, time_zone, hard_limit, counts_from, created_at,
  updated_at)
SELECT w.id, 'Every agent, by day', 'agent', '*', 5, 'daily', 'UTC', TRUE, now(), now(), now()
FROM stipend.workspaces w
WHERE w.slug = 'sample'
  AND NOT EXISTS (SELECT 1 FROM stipend.budgets b WHERE b.workspace_id = w.id);
