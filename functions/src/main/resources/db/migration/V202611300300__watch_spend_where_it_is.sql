-- Tables of other applications whose rows are spend. No release has ever written the table of that
-- name before this one, so it is made anew.
-- contract: no release has ever used it

DROP TABLE stipend.spend_sources;

CREATE TABLE stipend.spend_sources (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL,
  name text NOT NULL,
  -- A table that is known by its name; without one, columns says which column is what.
  preset text,
  relation_schema text NOT NULL,
  relation text NOT NULL,
  url_secret text,
  columns jsonb NOT NULL DEFAULT '{}',
  cost_unit text NOT NULL DEFAULT 'units' CHECK (cost_unit IN ('units', 'cents', 'micros')),
  time_zone text NOT NULL DEFAULT 'UTC',
  every_seconds integer NOT NULL CHECK (every_seconds BETWEEN 0 AND 86400),
  lookback_seconds integer NOT NULL CHECK (lookback_seconds BETWEEN 600 AND 604800),
  -- Rows before it are not counted.
  starts_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  paused_at timestamptz,
  removed_at timestamptz,
  -- NULL while it is paused or removed.
  next_pull_at timestamptz,
  leased_until timestamptz,
  pulled_at timestamptz,
  newest_row_at timestamptz,
  recorded bigint NOT NULL DEFAULT 0,
  corrected bigint NOT NULL DEFAULT 0,
  ahead bigint NOT NULL DEFAULT 0,
  -- The last day whose rows were counted to find those that came late.
  compared_at timestamptz NOT NULL,
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  last_error text,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX spend_sources_name_key ON stipend.spend_sources (workspace_id, name) WHERE removed_at IS NULL;
-- What is watched twice would count twice. One that was removed is found again by it, so that its
-- rows keep their ids.
CREATE UNIQUE INDEX spend_sources_relation_key ON stipend.spend_sources (
  workspace_id, relation_schema, relation, coalesce(url_secret, ''));
CREATE INDEX spend_sources_due_idx ON stipend.spend_sources (next_pull_at) WHERE next_pull_at IS NOT NULL;

-- How far each way of reading a source has come: live (new rows), late (rows of the lookback),
-- backfill (rows from before it was connected), and days of which rows are missing.
CREATE TABLE stipend.spend_source_lanes (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  lane text NOT NULL,
  -- As the host's own types write them: the time and the id of the last row that was read.
  after_time text NOT NULL,
  after_id text,
  until_time text,
  rows_read bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, source_id, lane),
  FOREIGN KEY (workspace_id, source_id) REFERENCES stipend.spend_sources (workspace_id, id) ON DELETE CASCADE
);

-- Rows that are to be looked at again: their cost is not final, or they cannot be recorded.
CREATE TABLE stipend.spend_source_rows (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  row_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'rejected')),
  reason text NOT NULL,
  occurred_at text NOT NULL,
  seen_at timestamptz NOT NULL,
  next_look_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, source_id, row_id),
  FOREIGN KEY (workspace_id, source_id) REFERENCES stipend.spend_sources (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX spend_source_rows_look_idx ON stipend.spend_source_rows (workspace_id, source_id, next_look_at);

-- How many rows of each day were read. A host that has more has some that came late.
CREATE TABLE stipend.spend_source_days (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  day date NOT NULL,
  rows_seen bigint NOT NULL,
  compared_at timestamptz,
  PRIMARY KEY (workspace_id, source_id, day),
  FOREIGN KEY (workspace_id, source_id) REFERENCES stipend.spend_sources (workspace_id, id) ON DELETE CASCADE
);
