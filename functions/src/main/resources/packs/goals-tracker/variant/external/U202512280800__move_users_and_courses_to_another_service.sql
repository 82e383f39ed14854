-- loses: tables users and courses, where it dropped them, are made again without their rows, which live in the other service
--
-- Undoes V202512280800__move_users_and_courses_to_another_service.sql. Where that dropped the tables
-- users and courses, they are here again, empty: what they held lives in the other service. Rows
-- whose user or course is not here keep its id; their key checks new rows only, until the users are
-- here and somebody runs ALTER TABLE … VALIDATE CONSTRAINT ….

DO $$
DECLARE
  key record;
  orphans boolean;
  s text := quote_ident(current_schema());
BEGIN
  IF col_description(to_regclass(s || '.goals'), (
      SELECT attnum FROM pg_attribute WHERE attrelid = to_regclass(s || '.goals') AND attname = 'user_id'))
    LIKE '%table users was here before'
  THEN
    CREATE TABLE users (
      id varchar(36) PRIMARY KEY,
      email varchar(255) NOT NULL UNIQUE,
      username varchar(100) NOT NULL UNIQUE,
      hashed_password varchar(255) NOT NULL,
      full_name varchar(255),
      is_active boolean NOT NULL DEFAULT TRUE,
      is_superuser boolean NOT NULL DEFAULT FALSE,
      metadata jsonb,
      created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
      updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
      last_login_at timestamp
    );
    COMMENT ON TABLE users IS 'Temporary; made by 001_create_users_table of goals-tracker';
    CREATE INDEX idx_users_email ON users (email);
    CREATE INDEX idx_users_username ON users (username);
    CREATE INDEX idx_users_is_active ON users (is_active);
    COMMENT ON COLUMN goals.user_id IS NULL;
  END IF;
  IF col_description(to_regclass(s || '.goals'), (
      SELECT attnum FROM pg_attribute WHERE attrelid = to_regclass(s || '.goals') AND attname = 'course_id'))
    LIKE '%table courses was here before'
  THEN
    CREATE TYPE coursestatus AS ENUM ('draft', 'published', 'in_progress', 'completed', 'archived');
    CREATE TABLE courses (
      id varchar(36) PRIMARY KEY,
      user_id varchar(36) REFERENCES users (id) ON DELETE CASCADE,
      title varchar(500) NOT NULL,
      description text,
      status coursestatus NOT NULL DEFAULT 'draft',
      progress_percentage double precision NOT NULL DEFAULT 0.0,
      metadata jsonb,
      created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
      updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
      completed_at timestamp
    );
    COMMENT ON TABLE courses IS 'Temporary; made by 002_create_courses_table of goals-tracker';
    CREATE INDEX idx_courses_user_id ON courses (user_id);
    CREATE INDEX idx_courses_status ON courses (status, created_at);
    COMMENT ON COLUMN goals.course_id IS NULL;
  END IF;

  IF to_regclass(s || '.users') IS NOT NULL THEN
    ALTER TABLE goals ALTER COLUMN user_id DROP NOT NULL;
    ALTER TABLE tasks ALTER COLUMN user_id DROP NOT NULL;
  END IF;
  FOR key IN
    SELECT *
    FROM (VALUES
      ('goals', 'user_id', 'users', 'CASCADE'), ('goals', 'course_id', 'courses', 'SET NULL'),
      ('tasks', 'user_id', 'users', 'CASCADE'), ('code_snapshots', 'user_id', 'users', 'CASCADE'),
      ('events', 'user_id', 'users', 'SET NULL'), ('embeddings', 'user_id', 'users', 'CASCADE'))
      AS keys (of_table, of_column, parent, on_delete)
    WHERE to_regclass(s || '.' || parent) IS NOT NULL
  LOOP
    EXECUTE format(
      'ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES %I (id) ON DELETE %s NOT VALID',
      key.of_table, key.of_table || '_' || key.of_column || '_fkey', key.of_column, key.parent, key.on_delete);
    EXECUTE format(
      'SELECT EXISTS (SELECT 1 FROM %I t WHERE %I IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %I p WHERE p.id = t.%I))',
      key.of_table, key.of_column, key.parent, key.of_column)
    INTO orphans;
    IF orphans THEN
      RAISE WARNING 'Rows of % name % that are not here; their key is not validated.', key.of_table, key.parent;
    ELSE
      EXECUTE format(
        'ALTER TABLE %I VALIDATE CONSTRAINT %I', key.of_table, key.of_table || '_' || key.of_column || '_fkey');
    END IF;
  END LOOP;
END
$$;
