-- Months for rows that came before their month was there, a record of the months that have left the database, and of
-- the days whose totals are known to be right.

-- Creates the monthly partitions that cover [from_time, until_time); months are UTC months. Answers how many are new.
-- Rows of such a month that landed in the default partition move into it.
CREATE OR REPLACE FUNCTION stipend.create_usage_partitions(from_time timestamptz, until_time timestamptz)
RETURNS integer
LANGUAGE plpgsql
SET lock_timeout = '5s'
AS $$
DECLARE
  month_start timestamp := date_trunc('month', from_time AT TIME ZONE 'UTC');
  month_end timestamp;
  partition_name text;
  created integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('stipend.create_usage_partitions', 0));
  WHILE month_start < until_time AT TIME ZONE 'UTC' LOOP
    month_end := month_start + interval '1 month';
    partition_name := 'usage_logs_' || to_char(month_start, 'YYYYMM');
    IF to_regclass('stipend.' || partition_name) IS NULL THEN
      -- A recorder that has already found its way to the default partition would fail there once the month exists, so
      -- this waits until nobody is on the way. Everybody locks the ledger before its parts: no deadlock.
      LOCK TABLE ONLY stipend.usage_logs IN ACCESS EXCLUSIVE MODE;
      EXECUTE format('CREATE TABLE stipend.%I (LIKE stipend.usage_logs INCLUDING ALL)', partition_name);
      EXECUTE format(
        'WITH moved AS (
           DELETE FROM stipend.usage_logs_default WHERE occurred_at >= $1 AND occurred_at < $2 RETURNING *)
         INSERT INTO stipend.%I SELECT * FROM moved',
        partition_name)
        USING month_start AT TIME ZONE 'UTC', month_end AT TIME ZONE 'UTC';
      EXECUTE format(
        'ALTER TABLE stipend.usage_logs ATTACH PARTITION stipend.%I FOR VALUES FROM (%L) TO (%L)',
        partition_name,
        month_start AT TIME ZONE 'UTC',
        month_end AT TIME ZONE 'UTC');
      created := created + 1;
    END IF;
    month_start := month_end;
  END LOOP;
  RETURN created;
END;
$$;

-- Which days have new rows is asked once a day; rows are appended in the order of recorded_at, so BRIN costs inserts
-- next to nothing.
CREATE INDEX usage_logs_recorded_at ON stipend.usage_logs USING brin (recorded_at);

-- Months on their way out of the database. A month that gets rows after it has left has a further part.
CREATE TABLE stipend.usage_archives (
  month date NOT NULL CHECK (month = date_trunc('month', month)),
  part integer NOT NULL CHECK (part > 0),
  rows bigint NOT NULL CHECK (rows >= 0),
  -- The sum of costs of each workspace, by its slug: decimals as texts.
  costs jsonb NOT NULL,
  -- 'none': dropped without an archive, as it was asked for.
  location text NOT NULL,
  format text NOT NULL CHECK (format IN ('jsonl', 'csv', 'none')),
  sha256 text,
  archived_at timestamptz NOT NULL,
  -- Set in the transaction that drops the month's rows. Totals before the end of the last such month are final.
  dropped_at timestamptz,
  PRIMARY KEY (month, part),
  CHECK ((sha256 IS NULL) = (format = 'none'))
);

-- UTC days whose totals were equal to the ledger at reconciled_at. A day without a row has to be compared.
CREATE TABLE stipend.reconciled_days (
  workspace_id uuid NOT NULL,
  day date NOT NULL,
  -- A sum of hashes over the day's totals, as they were then.
  fingerprint numeric NOT NULL,
  reconciled_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, day)
);
