-- Events: what has happened, for event sourcing; they outlive their users. The columns are the
-- document's own; it names no label of the type, so they are Stipend's.

CREATE TYPE eventtype AS ENUM (
  'user_created', 'course_created', 'course_completed',
  'goal_created', 'goal_updated', 'goal_completed', 'goal_deleted',
  'task_created', 'task_updated', 'task_completed', 'task_deleted',
  'code_submitted', 'code_validated', 'embedding_created');

-- lint:ignore type the document fixes varchar and timestamp
CREATE TABLE events (
  id varchar(36) PRIMARY KEY,
  event_type eventtype NOT NULL,
  user_id varchar(36),
  entity_type varchar(50),
  entity_id varchar(36),
  payload jsonb NOT NULL,
  metadata jsonb,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  processed_at timestamp,
  parquet_path varchar(500)
);

CREATE INDEX idx_events_user_created ON events (user_id, created_at);
CREATE INDEX idx_events_entity ON events (entity_type, entity_id, created_at);
CREATE INDEX idx_events_type_created ON events (event_type, created_at);
CREATE INDEX idx_events_created_at ON events (created_at);

-- Where users live in another service, there is no key.
DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.users') IS NOT NULL THEN
    ALTER TABLE events
      ADD CONSTRAINT events_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;
  END IF;
END
$$;
