-- The document's own checks and a few more, each by name. It only reads, and does not fail while
-- tables are missing.
WITH here AS (
  SELECT to_regclass(s || '.turns') AS turns,
    to_regclass(s || '.slots') AS slots,
    to_regclass(s || '.prompt_snapshots') AS prompt_snapshots,
    to_regclass(s || '.turn_metrics') AS turn_metrics
  FROM quote_ident(current_schema()) AS s),
col AS (
  SELECT c.relname AS of_table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS kind
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped, here
  WHERE c.oid IN (turns, slots, prompt_snapshots, turn_metrics)),
fk AS (
  SELECT conrelid, confrelid, convalidated,
    CAST(CAST(conrelid AS regclass) AS text) || ' ' || pg_get_constraintdef(oid) AS def
  FROM pg_constraint
  WHERE contype = 'f'),
found AS (
  SELECT 1 AS n, 'tables' AS name,
    turns IS NOT NULL AND slots IS NOT NULL AND prompt_snapshots IS NOT NULL AND turn_metrics IS NOT NULL AS ok,
    concat_ws(', ', turns, slots, prompt_snapshots, turn_metrics,
      CASE WHEN turns IS NULL THEN 'turns is missing: 20250130000000_core_schema' END,
      CASE WHEN slots IS NULL THEN 'slots is missing: 20250214_slots_templates' END,
      CASE WHEN prompt_snapshots IS NULL THEN 'prompt_snapshots is missing: 20250213_prompt_snapshots' END,
      CASE WHEN turn_metrics IS NULL THEN 'turn_metrics is missing: 20250222_turn_metrics' END) AS detail
  FROM here
  UNION ALL
  SELECT 2, 'slots has new columns',
    count(*) FILTER (WHERE name = 'must_keep' AND kind = 'boolean' OR name = 'min_chars' AND kind = 'integer') = 2,
    string_agg(name || ' ' || kind, ', ' ORDER BY name DESC)
  FROM col
  WHERE of_table = 'slots' AND name IN ('must_keep', 'min_chars')
  UNION ALL
  SELECT 3, 'prompt_snapshots has budget_report', count(*) FILTER (WHERE kind = 'jsonb') = 1,
    string_agg(name || ' ' || kind, ', ')
  FROM col
  WHERE of_table = 'prompt_snapshots' AND name = 'budget_report'
  UNION ALL
  SELECT 4, 'turn_metrics exists', turn_metrics IS NOT NULL, CAST(turn_metrics AS text)
  FROM here
  UNION ALL
  SELECT 5, 'turn_id is a bigint as turns.id is',
    count(*) FILTER (WHERE kind = 'bigint') = 3,
    string_agg(of_table || '.' || name || ' ' || kind, ', ' ORDER BY of_table)
  FROM col
  WHERE of_table = 'turns' AND name = 'id'
    OR of_table IN ('prompt_snapshots', 'turn_metrics') AND name = 'turn_id'
  UNION ALL
  SELECT 6, 'snapshots and metrics refer to turns',
    count(DISTINCT conrelid) FILTER (WHERE convalidated) = 2,
    string_agg(def, ', ' ORDER BY def)
  FROM fk, here
  WHERE conrelid IN (prompt_snapshots, turn_metrics) AND confrelid = turns)
SELECT name, ok, coalesce(detail, 'missing') AS detail
FROM found
ORDER BY n;

-- check: critical slots are marked must_keep
-- needs: slots.must_keep
SELECT count(*) = 0 OR bool_or(must_keep), count(*) FILTER (WHERE must_keep) || ' of ' || count(*) || ' slots'
FROM slots;
