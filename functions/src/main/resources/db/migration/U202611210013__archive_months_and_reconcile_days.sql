-- Undoes V202611210013__archive_months_and_reconcile_days.sql. What it made is gone with its data.

DROP TABLE stipend.reconciled_days;
DROP TABLE stipend.usage_archives;
DROP INDEX stipend.usage_logs_recorded_at;

-- Creates the monthly partitions that cover [from_time, until_time); months are UTC months. Answers how many are new.
CREATE OR REPLACE FUNCTION stipend.create_usage_partitions(from_time timestamptz, until_time timestamptz)
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
