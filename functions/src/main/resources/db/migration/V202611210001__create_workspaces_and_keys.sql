-- The tenant and its keys. Everything else carries workspace_id first in every key.

CREATE TABLE stipend.workspaces (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  time_zone text NOT NULL,
  locale text NOT NULL DEFAULT 'en',
  created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
VALUES ('default', 'Default workspace', 'USD', 'UTC');

-- key_hash is unique by itself: a request presents only the key, and the key tells the workspace.
CREATE TABLE stipend.api_keys (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
  role text NOT NULL CHECK (role IN ('admin', 'ingest', 'read')),
  user_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
