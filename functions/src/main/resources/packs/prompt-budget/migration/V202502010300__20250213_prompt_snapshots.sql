-- requires: table turns from 20250130000000_core_schema
--
-- Prompt snapshots: the prompt of a turn as it was sent. Safe to run twice.
--
-- The document fixes turn_id, which must have the type of turns.id. The other columns are
-- Stipend's design. A table that is there already keeps its turn_id, even if that is a uuid: the
-- next file corrects it.

DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.turns') IS NULL THEN
    RAISE EXCEPTION 'Table turns is missing in schema %; run the core schema (20250130000000_core_schema.sql) first.',
      current_schema()
      USING ERRCODE = 'undefined_table',
        HINT = '20250130000002_recreate_core_schema.sql makes it, too.';
  END IF;
END
$$;

-- lint:ignore if-not-exists the document's own file may have made the table already
CREATE TABLE IF NOT EXISTS prompt_snapshots (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  turn_id bigint,
  model text,
  prompt jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The key is made apart: psql goes on after an error, and turns of another schema must not be taken
-- for this one's. A uuid, or rows that may name no turn, get their key from the next file.
DO $$
BEGIN
  CREATE INDEX IF NOT EXISTS prompt_snapshots_turn_id_idx ON prompt_snapshots (turn_id);
  IF to_regclass(quote_ident(current_schema()) || '.turns') IS NOT NULL
    AND EXISTS (
      SELECT 1
      FROM pg_attribute
      WHERE attrelid = to_regclass(quote_ident(current_schema()) || '.prompt_snapshots')
        AND attname = 'turn_id'
        AND atttypid = CAST('bigint' AS regtype))
    AND NOT EXISTS (
      SELECT 1
      FROM pg_constraint
      WHERE conrelid = to_regclass(quote_ident(current_schema()) || '.prompt_snapshots')
        AND confrelid = to_regclass(quote_ident(current_schema()) || '.turns'))
    AND NOT EXISTS (SELECT 1 FROM prompt_snapshots)
  THEN
    ALTER TABLE prompt_snapshots
      ADD CONSTRAINT prompt_snapshots_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns (id) ON DELETE CASCADE;
  END IF;
END
$$;
