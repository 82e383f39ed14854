-- The ledger (append-only), the arbiter of exactly-once, and the quarter-hour rollup.
-- An amount is numeric(24,12); a sum of amounts is numeric(38,12), so that adding accepted amounts never fails.

CREATE TABLE stipend.usage_event_ids (
  workspace_id uuid NOT NULL,
  event_id text NOT NULL,
  occurred_at timestamptz NOT NULL,
  digest bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, event_id)
);

-- Pruning after 35 days reads a range of occurred_at; ids arrive nearly in that order, so BRIN costs inserts nothing.
CREATE INDEX usage_event_ids_occurred_at ON stipend.usage_event_ids USING brin (occurred_at);

-- cost IS NULL means unpriced: known to have happened, not known what it cost.
CREATE TABLE stipend.usage_logs (
  workspace_id uuid NOT NULL,
  event_id text NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('usage', 'adjustment')),
  corrects text,
  user_id text NOT NULL DEFAULT '',
  agent_id text NOT NULL DEFAULT '',
  workflow_id text NOT NULL DEFAULT '',
  team_id text NOT NULL DEFAULT '',
  provider text NOT NULL DEFAULT '',
  model text NOT NULL DEFAULT '',
  input_tokens bigint NOT NULL CHECK (input_tokens >= 0),
  cached_input_tokens bigint NOT NULL CHECK (cached_input_tokens BETWEEN 0 AND input_tokens),
  output_tokens bigint NOT NULL CHECK (output_tokens >= 0),
  cost numeric(24, 12),
  tags jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (workspace_id, event_id, occurred_at),
  CHECK (kind = 'adjustment' OR cost IS NULL OR cost >= 0)
) PARTITION BY RANGE (occurred_at);

-- Filling and rebuilding read ranges of occurred_at; the ledger is appended nearly in that order.
CREATE INDEX usage_logs_occurred_at ON stipend.usage_logs USING brin (occurred_at);

-- Nothing is refused because its month is missing; MaintainLedgerFunction creates months before they are needed.
CREATE TABLE stipend.usage_logs_default PARTITION OF stipend.usage_logs DEFAULT;

-- Creates the monthly partitions that cover [from_time, until_time); months are UTC months. Answers how many are new.
CREATE FUNCTION stipend.create_usage_partitions(from_time timestamptz, until_time timestamptz)
RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
  month_start timestamp := date_trunc('month', from_time AT TIME ZONE 'UTC');
  partition_name text;
  created integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('stipend.create_usage_partitions', 0));
  WHILE month_start < until_time AT TIME ZONE 'UTC' LOOP
    partition_name := 'usage_logs_' || to_char(month_start, 'YYYYMM');
    IF to_regclass('stipend.' || partition_name) IS NULL THEN
      EXECUTE format(
        'CREATE TABLE stipend.%I PARTITION OF stipend.usage_logs FOR VALUES FROM (%L) TO (%L)',
        partition_name,
        month_start AT TIME ZONE 'UTC',
        (month_start + interval '1 month') AT TIME ZONE 'UTC');
      created := created + 1;
    END IF;
    month_start := month_start + interval '1 month';
  END LOOP;
  RETURN created;
END;
$$;

SELECT stipend.create_usage_partitions(now() - interval '2 months', now() + interval '3 months');

-- Quarter-hour, because every offset in use is a multiple of it: local hours and days are exact sums.
CREATE TABLE stipend.cost_tracking (
  workspace_id uuid NOT NULL,
  bucket_start timestamptz NOT NULL,
  user_id text NOT NULL,
  agent_id text NOT NULL,
  workflow_id text NOT NULL,
  team_id text NOT NULL,
  provider text NOT NULL,
  model text NOT NULL,
  cost numeric(38, 12) NOT NULL,
  requests bigint NOT NULL,
  unpriced bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  PRIMARY KEY (workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model)
) WITH (fillfactor = 80);
