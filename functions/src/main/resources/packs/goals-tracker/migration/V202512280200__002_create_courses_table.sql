-- requires: table users from 001_create_users_table
--
-- Courses, until they live in another service (variant external). The columns are the document's
-- own; of the type it says only that it has draft, the other labels are Stipend's.

CREATE TYPE coursestatus AS ENUM ('draft', 'published', 'in_progress', 'completed', 'archived');

-- lint:ignore type the document fixes varchar and timestamp
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
-- The variant external drops the table only where it says this.
COMMENT ON TABLE courses IS 'Temporary; made by 002_create_courses_table of goals-tracker';

CREATE INDEX idx_courses_user_id ON courses (user_id);
CREATE INDEX idx_courses_status ON courses (status, created_at);
