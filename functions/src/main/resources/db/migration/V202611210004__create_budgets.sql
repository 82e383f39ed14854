-- Budgets, their history, their thresholds, and one counter per (budget, subject, period).

CREATE TABLE stipend.budgets (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (name <> ''),
  scope text NOT NULL
    CHECK (scope IN ('workspace', 'user', 'team', 'agent', 'workflow', 'provider', 'model', 'tag')),
  scope_id text NOT NULL CHECK (scope_id <> ''),
  limit_amount numeric(24, 12) NOT NULL CHECK (limit_amount >= 0),
  period text NOT NULL
    CHECK (period IN ('hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'total')),
  time_zone text NOT NULL,
  week_start smallint NOT NULL DEFAULT 1 CHECK (week_start BETWEEN 1 AND 7),
  anchor_day smallint NOT NULL DEFAULT 1 CHECK (anchor_day BETWEEN 1 AND 31),
  anchor_month smallint NOT NULL DEFAULT 1 CHECK (anchor_month BETWEEN 1 AND 12),
  starts_at timestamptz,
  ends_at timestamptz CHECK (ends_at > starts_at),
  hard_limit boolean NOT NULL DEFAULT FALSE,
  on_failure text NOT NULL DEFAULT 'closed' CHECK (on_failure IN ('open', 'closed')),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'archived')),
  version integer NOT NULL DEFAULT 1,
  -- Events before this instant are not counted: the start of the oldest period filled at creation.
  counts_from timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CHECK ((period = 'total') = (starts_at IS NOT NULL))
);

-- Recording asks, for the scopes of a batch of events, which budgets count them.
CREATE INDEX budgets_scope ON stipend.budgets (workspace_id, scope, scope_id) WHERE status <> 'archived';
-- The list is read newest first, by pages.
CREATE INDEX budgets_created_at ON stipend.budgets (workspace_id, created_at, id);

CREATE TABLE stipend.budget_versions (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  version integer NOT NULL,
  before jsonb,
  after jsonb NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, budget_id, version),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id)
);

CREATE TABLE stipend.budget_thresholds (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('actual', 'forecast')),
  percent numeric(9, 3) NOT NULL CHECK (percent > 0),
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  channels uuid[],
  PRIMARY KEY (workspace_id, budget_id, kind, percent),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id)
);

-- Rows are updated with every recorded batch; the free space keeps those updates HOT.
CREATE TABLE stipend.budget_periods (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  subject text NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz NOT NULL,
  limit_amount numeric(24, 12) NOT NULL,
  spend numeric(38, 12) NOT NULL DEFAULT 0,
  held numeric(38, 12) NOT NULL DEFAULT 0 CHECK (held >= 0),
  requests bigint NOT NULL DEFAULT 0,
  unpriced bigint NOT NULL DEFAULT 0,
  dirty boolean NOT NULL DEFAULT TRUE,
  data_as_of timestamptz NOT NULL,
  evaluated_at timestamptz,
  closed_at timestamptz,
  PRIMARY KEY (workspace_id, budget_id, subject, period_start),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id),
  CHECK (period_end > period_start)
) WITH (fillfactor = 70);

-- The sweep asks for exactly these two sets, which are small whatever the table's size.
CREATE INDEX budget_periods_dirty
  ON stipend.budget_periods (workspace_id, budget_id, subject, period_start) WHERE dirty;
CREATE INDEX budget_periods_ending ON stipend.budget_periods (period_end) WHERE closed_at IS NULL;
