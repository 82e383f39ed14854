-- Where spend is pulled from, who did what, and which migrations ran.

CREATE TABLE stipend.spend_sources (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  name text NOT NULL,
  relation text NOT NULL,
  pulled_until timestamptz NOT NULL,
  lookback interval NOT NULL,
  last_error text,
  PRIMARY KEY (workspace_id, name)
);

CREATE TABLE stipend.audit_logs (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  before jsonb,
  after jsonb,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE stipend.migration_runs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  verb text NOT NULL,
  request_id text,
  code_version text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  outcome text NOT NULL CHECK (outcome IN ('running', 'succeeded', 'failed')),
  from_version text,
  to_version text,
  error text
);
