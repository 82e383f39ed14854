-- requires: table tasks from 004_create_tasks_table
--
-- What was written for a task, as it was checked. The columns are the document's own.

-- lint:ignore type the document fixes varchar and timestamp
CREATE TABLE code_snapshots (
  id varchar(36) PRIMARY KEY,
  task_id varchar(36) REFERENCES tasks (id) ON DELETE CASCADE,
  user_id varchar(36),
  file_path varchar(1000) NOT NULL,
  language varchar(50) NOT NULL,
  code_content text NOT NULL,
  validation_passed boolean,
  validation_score double precision,
  validation_feedback text,
  issues_found jsonb,
  metadata jsonb,
  storage_path varchar(500),
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX idx_code_snapshots_task_id ON code_snapshots (task_id, created_at);
CREATE INDEX idx_code_snapshots_user_id ON code_snapshots (user_id);
CREATE INDEX idx_code_snapshots_language ON code_snapshots (language, created_at);
CREATE INDEX idx_code_snapshots_validated ON code_snapshots (validation_passed, created_at);
CREATE INDEX idx_code_snapshots_user_lang ON code_snapshots (user_id, language, created_at);

-- Where users live in another service, there is no key.
DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.users') IS NOT NULL THEN
    ALTER TABLE code_snapshots
      ADD CONSTRAINT code_snapshots_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
  END IF;
END
$$;
