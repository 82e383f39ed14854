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
    RAISE EXCEPTION 'Table turns is missing in schema %, and prompt_snapshots refers to it; run 20250130000000_core_schema.sql (or 20250130000002_recreate_core_schema.sql) first.', current_schema()
      USING ERRCODE = 'undefined_table';
  END IF;
END
$$;

-- lint:ignore if-not-exists the document's own file may have made the table already
CREATE TABLE IF NOT EXISTS prompt_snapshots (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  turn_id bigint
    CONSTRAINT prompt_snapshots_turn_id_fkey REFERENCES turns (id) ON DELETE CASCADE,
  model text,
  prompt jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);

-- In a block, so that psql does not add an error of its own where turns is missing.
DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.prompt_snapshots') IS NOT NULL THEN
    CREATE INDEX IF NOT EXISTS prompt_snapshots_turn_id_idx ON prompt_snapshots (turn_id);
  END IF;
END
$$;
