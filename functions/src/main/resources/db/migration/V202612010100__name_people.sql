-- What people call those whom usage, keys and budgets know by an id alone.
CREATE TABLE stipend.people (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  user_id text NOT NULL CHECK (user_id <> ''),
  name text NOT NULL CHECK (name <> ''),
  email text,
  team text,
  slack_id text,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, user_id)
);
