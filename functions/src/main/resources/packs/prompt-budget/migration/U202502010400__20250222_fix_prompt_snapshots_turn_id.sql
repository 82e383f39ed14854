-- Undoes V202502010400__20250222_fix_prompt_snapshots_turn_id.sql, of which nothing is to be undone.
-- prompt_snapshots.turn_id stays a bigint with its key: 20250213_prompt_snapshots makes it so
-- itself, a uuid was never right, and going back to one would lose the turn of every row.

DO $$
BEGIN
  RAISE NOTICE 'prompt_snapshots.turn_id stays a bigint: it refers to turns (id).';
END
$$;
