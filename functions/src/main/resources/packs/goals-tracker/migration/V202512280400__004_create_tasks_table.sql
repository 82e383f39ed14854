-- requires: table goals from 003_create_goals_table
--
-- Tasks of a goal. The columns are the document's own; of the types it says only that they have
-- code and todo, the other labels are Stipend's.

CREATE TYPE tasktype AS ENUM ('code', 'reading', 'exercise', 'project', 'quiz', 'review');
CREATE TYPE taskstatus AS ENUM ('todo', 'in_progress', 'in_review', 'done', 'blocked', 'cancelled');

-- lint:ignore type the document fixes varchar and timestamp
CREATE TABLE tasks (
  id varchar(36) PRIMARY KEY,
  goal_id varchar(36) REFERENCES goals (id) ON DELETE CASCADE,
  user_id varchar(36),
  title varchar(500) NOT NULL,
  description text,
  task_type tasktype NOT NULL DEFAULT 'code',
  status taskstatus NOT NULL DEFAULT 'todo',
  priority integer NOT NULL DEFAULT 100,
  estimated_hours double precision,
  actual_hours double precision,
  validation_result jsonb,
  ai_feedback text,
  metadata jsonb,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  started_at timestamp,
  completed_at timestamp
);

CREATE INDEX idx_tasks_goal_id ON tasks (goal_id);
CREATE INDEX idx_tasks_user_id ON tasks (user_id);
CREATE INDEX idx_tasks_status ON tasks (status, created_at);
CREATE INDEX idx_tasks_type ON tasks (task_type, created_at);

-- Where users live in another service, there is no key; then a task must name its user.
DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.users') IS NOT NULL THEN
    ALTER TABLE tasks
      ADD CONSTRAINT tasks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
  ELSE
    ALTER TABLE tasks ALTER COLUMN user_id SET NOT NULL;
  END IF;
END
$$;
