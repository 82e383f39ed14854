-- requires: table turns from 20250130000000_core_schema
-- requires: table prompt_snapshots from 20250213_prompt_snapshots
--
-- Makes prompt_snapshots.turn_id a bigint like turns.id, with its key and index. An early release of
-- 20250213_prompt_snapshots made it a uuid, so that its foreign key failed. Where it is a bigint
-- already, nothing changes. No uuid can name a turn, so rows with one are not touched: they have to
-- be looked at first. Safe to run twice.
--
-- It is one statement, so that psql too does all of it or nothing.

DO $$
DECLARE
  kind text;
  many bigint;
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.turns') IS NULL THEN
    RAISE EXCEPTION 'Table turns is missing in schema %; run the core schema (20250130000000_core_schema.sql) first.',
      current_schema()
      USING ERRCODE = 'undefined_table',
        HINT = '20250130000002_recreate_core_schema.sql makes it, too.';
  END IF;
  IF to_regclass(quote_ident(current_schema()) || '.prompt_snapshots') IS NULL THEN
    RAISE EXCEPTION 'Table prompt_snapshots is missing in schema %; run 20250213_prompt_snapshots.sql first.',
      current_schema()
      USING ERRCODE = 'undefined_table';
  END IF;

  SELECT format_type(atttypid, atttypmod)
  INTO kind
  FROM pg_attribute
  WHERE attrelid = to_regclass(quote_ident(current_schema()) || '.prompt_snapshots')
    AND attname = 'turn_id'
    AND NOT attisdropped;
  IF kind IS DISTINCT FROM 'uuid' AND kind IS DISTINCT FROM 'bigint' THEN
    RAISE EXCEPTION 'Column prompt_snapshots.turn_id is %; uuid or bigint was expected.',
      coalesce(kind, 'missing')
      USING ERRCODE = 'datatype_mismatch',
        HINT = 'Make it a bigint that refers to turns (id), then run this again.';
  END IF;

  IF kind = 'uuid' THEN
    -- Nobody may add a row between the count and the change.
    LOCK TABLE prompt_snapshots IN ACCESS EXCLUSIVE MODE;
    SELECT count(turn_id) INTO many FROM prompt_snapshots;
    IF many > 0 THEN
      RAISE EXCEPTION '% of the rows of prompt_snapshots have a uuid as turn_id, which is no turn; nothing was changed.',
        many
        USING ERRCODE = 'invalid_text_representation',
          HINT = 'Look at them: SELECT * FROM prompt_snapshots WHERE turn_id IS NOT NULL. Then either keep them '
            'without a turn, UPDATE prompt_snapshots SET turn_id = NULL (ALTER COLUMN turn_id DROP NOT NULL '
            'before, if needed), or DELETE them, and run this again.';
    END IF;
    ALTER TABLE prompt_snapshots ALTER COLUMN turn_id DROP DEFAULT;
    ALTER TABLE prompt_snapshots ALTER COLUMN turn_id TYPE bigint USING CAST(NULL AS bigint);
  END IF;

  IF NOT EXISTS (
    SELECT 1
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f'
      AND c.conrelid = to_regclass(quote_ident(current_schema()) || '.prompt_snapshots')
      AND c.confrelid = to_regclass(quote_ident(current_schema()) || '.turns')
      AND a.attname = 'turn_id')
  THEN
    SELECT count(*)
    INTO many
    FROM prompt_snapshots s
    WHERE s.turn_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.id = s.turn_id);
    IF many > 0 THEN
      RAISE EXCEPTION '% of the rows of prompt_snapshots name a turn that turns does not have; nothing was changed.',
        many
        USING ERRCODE = 'foreign_key_violation',
          HINT = 'Look at them: SELECT s.* FROM prompt_snapshots s LEFT JOIN turns t ON t.id = s.turn_id '
            'WHERE t.id IS NULL AND s.turn_id IS NOT NULL. Set their turn_id to NULL or delete them, and run '
            'this again.';
    END IF;
    ALTER TABLE prompt_snapshots
      ADD CONSTRAINT prompt_snapshots_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns (id) ON DELETE CASCADE;
  END IF;

  CREATE INDEX IF NOT EXISTS prompt_snapshots_turn_id_idx ON prompt_snapshots (turn_id);
END
$$;
