-- requires: table goals from 003_create_goals_table
-- requires: table tasks from 004_create_tasks_table
-- requires: table code_snapshots from 005_create_code_snapshots_table
-- requires: table events from 006_create_events_table
-- requires: table embeddings from 007_create_embeddings_table
-- contract: users and courses are asked from the service that owns them
--
-- From now on user_id and course_id name rows of another service: no foreign keys, and goals and
-- tasks must have a user. Goals, tasks and all else keep their rows. The tables users and courses
-- are dropped where this pack made them; copy their rows to the other service before.
--
-- It is one statement: all of it is done, or nothing.

DO $$
DECLARE
  goals_without bigint;
  tasks_without bigint;
  key record;
  s text := quote_ident(current_schema());
BEGIN
  LOCK TABLE goals, tasks IN SHARE MODE;
  SELECT count(*) INTO goals_without FROM goals WHERE user_id IS NULL;
  SELECT count(*) INTO tasks_without FROM tasks WHERE user_id IS NULL;
  IF goals_without + tasks_without > 0 THEN
    RAISE EXCEPTION '% of the rows of goals and % of the rows of tasks have no user_id; nothing was changed.',
      goals_without, tasks_without
      USING ERRCODE = 'not_null_violation',
        HINT = 'With users in another service each needs one. Look at them: SELECT * FROM goals WHERE user_id '
          'IS NULL, and the same for tasks. Give them a user or delete them, and run this again.';
  END IF;

  FOR key IN
    SELECT CAST(conrelid AS regclass) AS of_table, conname
    FROM pg_constraint
    WHERE contype = 'f'
      AND conrelid IN (
        to_regclass(s || '.goals'), to_regclass(s || '.tasks'), to_regclass(s || '.code_snapshots'),
        to_regclass(s || '.events'), to_regclass(s || '.embeddings'))
      AND confrelid IN (to_regclass(s || '.users'), to_regclass(s || '.courses'))
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.of_table, key.conname);
  END LOOP;
  ALTER TABLE goals ALTER COLUMN user_id SET NOT NULL;
  ALTER TABLE tasks ALTER COLUMN user_id SET NOT NULL;

  -- What is not marked as this pack's belongs to the other service, and stays. The notes tell the
  -- undo what to make again.
  IF obj_description(to_regclass(s || '.courses'), 'pg_class')
    LIKE '%made by 002_create_courses_table of goals-tracker'
  THEN
    DROP TABLE courses;
    DROP TYPE coursestatus;
    COMMENT ON COLUMN goals.course_id IS 'A course of another service; table courses was here before';
  END IF;
  IF obj_description(to_regclass(s || '.users'), 'pg_class')
    LIKE '%made by 001_create_users_table of goals-tracker'
  THEN
    DROP TABLE users;
    COMMENT ON COLUMN goals.user_id IS 'A user of another service; table users was here before';
  END IF;
END
$$;
