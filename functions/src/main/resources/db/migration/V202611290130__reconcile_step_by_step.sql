-- A comparison of totals that is cut off goes on where it was, compares only counters that changed, and totals of old
-- months may leave.

-- How far each workspace has come. Whoever goes on takes the row over under an id of its own; who lost it changes
-- nothing more.
CREATE TABLE stipend.reconciliations (
  workspace_id uuid PRIMARY KEY,
  run_id uuid NOT NULL,
  -- What had been recorded by then is compared.
  started_at timestamptz NOT NULL,
  -- The last group of counters that was compared; empty while days are.
  position text NOT NULL DEFAULT '',
  finished_at timestamptz
);

-- The counters whose period ends on a UTC day, as they were: sums of hashes. A day whose two sums differ has to be
-- compared.
CREATE TABLE stipend.reconciled_ends (
  workspace_id uuid NOT NULL,
  day date NOT NULL,
  -- When they were equal to what is recorded; null: never.
  fingerprint numeric,
  -- When the comparison that runs, or ran last, began; null: there were none.
  found numeric,
  PRIMARY KEY (workspace_id, day)
);

-- Whether all counters whose period touches the day have been compared since it changed.
ALTER TABLE stipend.reconciled_days ADD COLUMN counters_checked boolean NOT NULL DEFAULT FALSE;

-- When the totals of a month that had left began to leave as well. Nothing is known of the time before the end of the
-- last such month.
ALTER TABLE stipend.usage_archives ADD COLUMN totals_dropped_at timestamptz;
