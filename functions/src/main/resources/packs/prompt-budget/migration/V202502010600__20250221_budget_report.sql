-- requires: table prompt_snapshots from 20250213_prompt_snapshots
--
-- What the budget engine did to a prompt: which slots it kept, cut or dropped. Safe to run twice.

DO $$
BEGIN
  IF to_regclass(quote_ident(current_schema()) || '.prompt_snapshots') IS NULL THEN
    RAISE EXCEPTION 'Table prompt_snapshots is missing in schema %; run 20250213_prompt_snapshots.sql first.',
      current_schema()
      USING ERRCODE = 'undefined_table';
  END IF;
  ALTER TABLE prompt_snapshots ADD COLUMN IF NOT EXISTS budget_report jsonb;
END
$$;
