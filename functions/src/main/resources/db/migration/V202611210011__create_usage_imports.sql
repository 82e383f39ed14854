-- How far each imported file has come. A chunk's events and its line here are one transaction, so a file that was
-- interrupted goes on exactly where it stopped.

CREATE TABLE stipend.usage_imports (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  -- SHA-256 of the file's content and of the values assumed where it has none.
  source text NOT NULL,
  name text NOT NULL,
  rows_done bigint NOT NULL DEFAULT 0,
  recorded bigint NOT NULL DEFAULT 0,
  unpriced bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, source)
);
