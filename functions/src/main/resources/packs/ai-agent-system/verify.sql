-- What the document says of the schema, each check by name. It only reads, and does not fail while
-- tables are missing.
WITH here AS (
  SELECT to_regnamespace(quote_ident(current_schema())) AS ns),
wanted (of_group, name) AS (
  VALUES
    ('core', 'users'), ('core', 'conversations'), ('core', 'messages'), ('core', 'ai_requests'),
    ('core', 'generated_content'), ('analytics', 'cost_tracking'), ('analytics', 'user_budgets'),
    ('analytics', 'performance_metrics'), ('analytics', 'system_alerts'), ('analytics', 'audit_logs'),
    ('legacy', 'usage_logs'), ('legacy', 'ai_models'), ('legacy', 'agents'), ('legacy', 'tasks'),
    ('legacy', 'system_metrics')),
present AS (
  SELECT w.of_group, w.name, c.oid
  FROM wanted w
  CROSS JOIN here
  LEFT JOIN pg_class c ON c.relname = w.name AND c.relnamespace = here.ns AND c.relkind IN ('r', 'p')),
relation (parent, child) AS (
  VALUES
    ('users', 'conversations'), ('users', 'ai_requests'), ('users', 'generated_content'),
    ('users', 'cost_tracking'), ('users', 'user_budgets'), ('conversations', 'messages'),
    ('conversations', 'ai_requests'), ('ai_requests', 'generated_content'),
    ('ai_requests', 'cost_tracking'), ('generated_content', 'generated_content')),
kept AS (
  SELECT r.parent, r.child, bool_or(k.convalidated) AS ok,
    bool_or(EXISTS (
      SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indkey[0] = k.conkey[1])) AS indexed
  FROM relation r
  JOIN present p ON p.name = r.parent
  JOIN present c ON c.name = r.child
  LEFT JOIN pg_constraint k ON k.contype = 'f' AND k.conrelid = c.oid AND k.confrelid = p.oid
  GROUP BY r.parent, r.child),
needed_unique (of_table, of_column) AS (
  VALUES
    ('users', 'username'), ('users', 'email'), ('users', 'uuid'), ('conversations', 'uuid'),
    ('ai_requests', 'uuid'), ('generated_content', 'uuid')),
found AS (
  SELECT min(CASE of_group WHEN 'core' THEN 1 WHEN 'analytics' THEN 2 ELSE 3 END) AS n,
    of_group || ' tables' AS name, count(oid) = 5 AS ok,
    count(oid) || ' of 5' || coalesce(
      '; missing: ' || string_agg(name, ', ' ORDER BY name) FILTER (WHERE oid IS NULL), '') AS detail
  FROM present
  GROUP BY of_group
  UNION ALL
  SELECT 4, 'relations', count(*) FILTER (WHERE ok AND indexed) = 10,
    count(*) FILTER (WHERE ok AND indexed) || ' of 10' || coalesce(
      '; broken or without an index: ' || string_agg(parent || ' to ' || child, ', ' ORDER BY parent, child)
        FILTER (WHERE (ok AND indexed) IS NOT TRUE), '')
  FROM kept
  UNION ALL
  SELECT 5, 'no duplicates', count(i.indexrelid) = count(*),
    count(i.indexrelid) || ' of ' || count(*) || coalesce(
      '; not unique: ' || string_agg(u.of_table || '.' || u.of_column, ', ') FILTER (WHERE i.indexrelid IS NULL), '')
  FROM needed_unique u
  JOIN present p ON p.name = u.of_table
  LEFT JOIN pg_attribute a ON a.attrelid = p.oid AND a.attname = u.of_column
  LEFT JOIN pg_index i ON i.indrelid = p.oid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1
    AND i.indkey[0] = a.attnum AND i.indpred IS NULL
  UNION ALL
  SELECT 6, 'costs are never negative', count(DISTINCT p.name) = 5,
    count(k.oid) || ' checks in ' || coalesce(string_agg(DISTINCT p.name, ', '), 'no table')
  FROM present p
  JOIN pg_constraint k ON k.conrelid = p.oid AND k.contype = 'c' AND k.convalidated
    AND pg_get_constraintdef(k.oid) ~ 'cost >= '
  WHERE p.name IN ('messages', 'ai_requests', 'cost_tracking', 'conversations', 'usage_logs')
  UNION ALL
  SELECT 7, 'percentages are 0 to 100', count(k.oid) >= 8, count(k.oid) || ' checks'
  FROM present p
  JOIN pg_constraint k ON k.conrelid = p.oid AND k.contype = 'c' AND k.convalidated
    AND pg_get_constraintdef(k.oid) ~ '<= \(100\)'
  UNION ALL
  SELECT 8, 'times have a zone', bool_and(a.atttypid = CAST('timestamptz' AS regtype)),
    count(a.attname) || ' times' || coalesce(
      '; without a zone: ' || string_agg(p.name || '.' || a.attname, ', ')
        FILTER (WHERE a.atttypid <> CAST('timestamptz' AS regtype)), '')
  FROM present p
  JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum > 0 AND NOT a.attisdropped
    AND a.atttypid IN (CAST('timestamp' AS regtype), CAST('timestamptz' AS regtype))
  UNION ALL
  SELECT 9, 'types', count(*) = 10,
    count(*) || ' of 10' || coalesce(': ' || string_agg(typname, ', ' ORDER BY typname), '')
  FROM here
  JOIN pg_type ON typnamespace = ns AND typtype = 'e'
    AND typname IN ('user_role', 'message_role', 'request_status', 'content_type', 'validation_status',
      'execution_status', 'period_type', 'alert_severity', 'alert_status', 'task_status'))
SELECT name, coalesce(ok, FALSE) AS ok, detail
FROM found
ORDER BY n;

-- check: later versions of content come after their parents
-- needs: generated_content.parent_id generated_content.version
SELECT count(*) = 0, count(*) || ' do not'
FROM generated_content child
JOIN generated_content parent ON parent.id = child.parent_id
WHERE child.version <= parent.version;
