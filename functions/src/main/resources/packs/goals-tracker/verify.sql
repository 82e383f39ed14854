-- What the document says of the schema, each check by name, for both variants. It only reads, and
-- does not fail while tables are missing.
WITH here AS (
  SELECT to_regclass(s || '.users') AS users,
    to_regclass(s || '.courses') AS courses,
    to_regclass(s || '.goals') AS goals,
    to_regclass(s || '.tasks') AS tasks,
    to_regclass(s || '.code_snapshots') AS code_snapshots,
    to_regclass(s || '.events') AS events,
    to_regclass(s || '.embeddings') AS embeddings
  FROM quote_ident(current_schema()) AS s),
core AS (
  SELECT unnest(ARRAY[goals, tasks, code_snapshots, events, embeddings]) AS oid
  FROM here),
-- A goal must name its user where users live in another service.
variant AS (
  SELECT CASE WHEN EXISTS (
      SELECT 1 FROM pg_attribute WHERE attrelid = goals AND attname = 'user_id' AND attnotnull)
    THEN 'external' ELSE 'default' END AS name
  FROM here),
wanted_index AS (
  SELECT unnest(CAST('{
    idx_goals_user_id, idx_goals_course_id, idx_goals_status, idx_goals_priority, idx_tasks_goal_id,
    idx_tasks_user_id, idx_tasks_status, idx_tasks_type, idx_code_snapshots_task_id,
    idx_code_snapshots_user_id, idx_code_snapshots_language, idx_code_snapshots_validated,
    idx_code_snapshots_user_lang, idx_events_user_created, idx_events_entity, idx_events_type_created,
    idx_events_created_at, idx_embeddings_user_id, idx_embeddings_entity, idx_embeddings_created_at,
    idx_embeddings_vector_hnsw}' AS text[])) AS name
  UNION ALL
  SELECT unnest(CAST('{
    idx_users_email, idx_users_username, idx_users_is_active, idx_courses_user_id,
    idx_courses_status}' AS text[]))
  FROM variant
  WHERE name = 'default'),
gap AS (
  SELECT w.name
  FROM wanted_index w
  LEFT JOIN pg_class c ON c.relname = w.name AND c.relnamespace = to_regnamespace(quote_ident(current_schema()))
  LEFT JOIN pg_index i ON i.indexrelid = c.oid AND i.indisvalid
  WHERE i.indexrelid IS NULL),
fk AS (
  SELECT CAST(CAST(conrelid AS regclass) AS text) AS child, confrelid, convalidated,
    CAST(CAST(confrelid AS regclass) AS text) AS parent
  FROM pg_constraint, here
  WHERE contype = 'f'
    AND conrelid IN (courses, goals, tasks, code_snapshots, events, embeddings)),
found AS (
  SELECT 1 AS n, 'core tables' AS name, count(oid) = 5 AS ok,
    count(oid) || ' of goals, tasks, code_snapshots, events, embeddings' AS detail
  FROM core
  UNION ALL
  SELECT 2, 'users and courses',
    CASE variant.name WHEN 'default' THEN users IS NOT NULL AND courses IS NOT NULL ELSE TRUE END,
    CASE variant.name
      WHEN 'default' THEN coalesce(nullif(concat_ws(', ', users, courses), ''), 'missing')
      ELSE 'live in another service (variant external)' END
  FROM here, variant
  UNION ALL
  SELECT 3, 'foreign keys',
    CASE variant.name
      WHEN 'default' THEN count(fk.*) FILTER (WHERE convalidated) = 9
      ELSE count(fk.*) FILTER (
          WHERE convalidated AND confrelid NOT IN (coalesce(users, 0), coalesce(courses, 0))) = 2
        AND count(fk.*) = 2 END,
    CASE variant.name WHEN 'default' THEN count(fk.*) || ' of 9' ELSE count(fk.*) || ' of 2, none to users or courses' END
      || coalesce('; not validated: ' || string_agg(child || ' to ' || parent, ', ') FILTER (WHERE NOT convalidated), '')
  FROM variant CROSS JOIN here LEFT JOIN fk ON TRUE
  GROUP BY variant.name, users, courses
  UNION ALL
  SELECT 4, 'indexes', count(*) = 0,
    count(*) || ' missing or invalid' || coalesce(
      ': ' || array_to_string((array_agg(name ORDER BY name))[1:5], ', ')
        || CASE WHEN count(*) > 5 THEN ' …' ELSE '' END, '')
  FROM gap
  UNION ALL
  SELECT 5, 'types', count(*) = CASE min(variant.name) WHEN 'default' THEN 6 ELSE 5 END,
    count(*) || coalesce(': ' || string_agg(typname, ', ' ORDER BY typname), '')
  FROM variant
  JOIN pg_type ON typtype = 'e' AND typnamespace = to_regnamespace(quote_ident(current_schema()))
    AND (typname IN ('goalstatus', 'goalpriority', 'tasktype', 'taskstatus', 'eventtype')
      OR typname = 'coursestatus' AND variant.name = 'default')
  UNION ALL
  SELECT 6, 'extension vector', count(*) = 1,
    coalesce(max('version ' || extversion), 'missing: CREATE EXTENSION vector;')
  FROM pg_extension
  WHERE extname = 'vector'
  UNION ALL
  SELECT 7, 'embeddings have 1536 dimensions',
    coalesce(bool_and(format_type(atttypid, atttypmod) LIKE '%vector(1536)'), FALSE),
    coalesce(max(format_type(atttypid, atttypmod)), 'missing')
  FROM here
  JOIN pg_attribute ON attrelid = embeddings AND attname = 'embedding')
SELECT name, ok, detail
FROM found
ORDER BY n;

-- check: goals have their users
-- needs: goals.user_id users.id
SELECT count(*) = 0, count(*) || ' goals without a user that exists'
FROM goals g
WHERE user_id IS NOT NULL AND NOT EXISTS (SELECT FROM users u WHERE u.id = g.user_id);
