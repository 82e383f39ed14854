-- Goals. The columns are the document's own; of the types it says only that they have pending and
-- medium, the other labels are Stipend's.

CREATE TYPE goalstatus AS ENUM ('pending', 'in_progress', 'completed', 'paused', 'cancelled');
CREATE TYPE goalpriority AS ENUM ('low', 'medium', 'high', 'critical');

-- lint:ignore type the document fixes varchar and timestamp
CREATE TABLE goals (
  id varchar(36) PRIMARY KEY,
  user_id varchar(36),
  course_id varchar(36),
  title varchar(500) NOT NULL,
  description text,
  status goalstatus NOT NULL DEFAULT 'pending',
  priority goalpriority NOT NULL DEFAULT 'medium',
  progress_percentage double precision NOT NULL DEFAULT 0.0,
  ai_generated boolean NOT NULL DEFAULT FALSE,
  validation_criteria jsonb,
  metadata jsonb,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  started_at timestamp,
  completed_at timestamp,
  due_date timestamp
);

CREATE INDEX idx_goals_user_id ON goals (user_id);
CREATE INDEX idx_goals_course_id ON goals (course_id);
CREATE INDEX idx_goals_status ON goals (status, created_at);
CREATE INDEX idx_goals_priority ON goals (priority, created_at);

-- Where users or courses live in another service, there is no key; then a goal must name its user.
DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.users') IS NOT NULL THEN
    ALTER TABLE goals
      ADD CONSTRAINT goals_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
  ELSE
    ALTER TABLE goals ALTER COLUMN user_id SET NOT NULL;
  END IF;
  IF to_regclass(quote_ident(current_schema()) || '.courses') IS NOT NULL THEN
    ALTER TABLE goals
      ADD CONSTRAINT goals_course_id_fkey FOREIGN KEY (course_id) REFERENCES courses (id) ON DELETE SET NULL;
  END IF;
END
$$;
