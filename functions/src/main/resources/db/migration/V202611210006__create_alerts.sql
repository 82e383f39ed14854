-- Alerts, the channels they go to, and one delivery per (alert, channel, purpose).

CREATE TABLE stipend.alert_logs (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  subject text NOT NULL,
  period_start timestamptz NOT NULL,
  period_end timestamptz NOT NULL,
  type text NOT NULL CHECK (type IN (
    'LIMIT_WARNING', 'LIMIT_EXCEEDED', 'APPROACHING_LIMIT', 'UNUSUAL_ACTIVITY', 'UNPRICED_USAGE', 'STALE_DATA',
    'RESTATED')),
  threshold numeric(9, 3) NOT NULL,
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  state text NOT NULL CHECK (state IN ('open', 'superseded', 'suppressed', 'resolved', 'ended')),
  reason text NOT NULL,
  spend numeric(38, 12) NOT NULL,
  limit_amount numeric(24, 12) NOT NULL,
  payload jsonb NOT NULL,
  raised_at timestamptz NOT NULL,
  resolved_at timestamptz,
  resolved_reason text,
  acknowledged_at timestamptz,
  acknowledged_by text,
  snoozed_until timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id)
);

-- The whole de-duplication: one open alert per key, however many evaluators there are.
CREATE UNIQUE INDEX alert_logs_open
  ON stipend.alert_logs (workspace_id, budget_id, subject, period_start, type, threshold)
  WHERE resolved_at IS NULL;
-- Evaluation reads all alerts of a period, resolved ones too: a flapping key is counted.
CREATE INDEX alert_logs_period ON stipend.alert_logs (workspace_id, budget_id, subject, period_start);
-- The list is read newest first, by pages.
CREATE INDEX alert_logs_raised_at ON stipend.alert_logs (workspace_id, raised_at, id);

-- config names secrets (environment variables or ARNs); it never holds one.
CREATE TABLE stipend.notification_channels (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL CHECK (kind IN ('slack_webhook', 'slack_bot', 'email', 'webhook')),
  name text NOT NULL,
  config jsonb NOT NULL,
  min_severity text NOT NULL DEFAULT 'info' CHECK (min_severity IN ('info', 'warning', 'critical')),
  is_default boolean NOT NULL DEFAULT FALSE,
  health text NOT NULL DEFAULT 'ok' CHECK (health IN ('ok', 'failing')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);

CREATE TABLE stipend.budget_channels (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, budget_id, channel_id),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES stipend.notification_channels (workspace_id, id)
);

CREATE TABLE stipend.alert_deliveries (
  workspace_id uuid NOT NULL,
  alert_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('raised', 'recovered')),
  status text NOT NULL
    CHECK (status IN ('pending', 'sending', 'retrying', 'sent', 'failed', 'suppressed')),
  attempts integer NOT NULL DEFAULT 0,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  -- The instant from which a worker may claim the row. A claim moves it to the end of the lease.
  next_attempt_at timestamptz NOT NULL,
  leased_until timestamptz,
  sent_at timestamptz,
  provider_message_id text,
  last_error text,
  PRIMARY KEY (workspace_id, alert_id, channel_id, purpose),
  FOREIGN KEY (workspace_id, alert_id) REFERENCES stipend.alert_logs (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES stipend.notification_channels (workspace_id, id)
);

-- What is due, and nothing else: finished deliveries leave the index.
CREATE INDEX alert_deliveries_due ON stipend.alert_deliveries (next_attempt_at)
  WHERE status IN ('pending', 'sending', 'retrying');

CREATE TABLE stipend.silences (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  matcher jsonb NOT NULL,
  from_time timestamptz NOT NULL,
  until_time timestamptz NOT NULL CHECK (until_time > from_time),
  reason text NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
