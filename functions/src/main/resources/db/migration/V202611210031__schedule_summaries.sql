-- Who wants a summary of each day or week, when, and where.
CREATE TABLE stipend.summary_schedules (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL,
  every text NOT NULL CHECK (every IN ('daily', 'weekly')),
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
  time_zone text NOT NULL,
  channels uuid[] NOT NULL,
  next_at timestamptz NOT NULL,
  last_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id)
);

-- The sweep asks for exactly this.
CREATE INDEX summary_schedules_next_at ON stipend.summary_schedules (next_at);

-- Summaries are delivered as alerts are, and are none. The next migration validates the purpose.
ALTER TABLE stipend.alert_deliveries
  DROP CONSTRAINT alert_deliveries_workspace_id_alert_id_fkey,
  DROP CONSTRAINT alert_deliveries_purpose_check,
  ADD CONSTRAINT alert_deliveries_purpose_check
    CHECK (purpose IN ('raised', 'recovered', 'undelivered', 'summary')) NOT VALID;
