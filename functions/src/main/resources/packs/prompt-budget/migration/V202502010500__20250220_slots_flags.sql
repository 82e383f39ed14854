-- requires: table slots from 20250214_slots_templates
--
-- Which slots a budget must not drop, and how short it may cut them. Safe to run twice: only the
-- run that adds must_keep marks the critical slots, so that what an owner changes later stays.
--
-- The document does not say which slots are critical: those that carry the instructions, the rules,
-- the question and the form of the answer are taken for it. The numbers are Stipend's.
--
-- It is one statement, so that psql too does all of it or nothing. A prompt has a handful of slots:
-- reading them all under a lock hurts nobody.

DO $$
DECLARE
  slots_table regclass := to_regclass(quote_ident(current_schema()) || '.slots');
  was_there boolean;
  called name;
BEGIN
  IF slots_table IS NULL THEN
    RAISE EXCEPTION 'Table slots is missing in schema %; run 20250214_slots_templates.sql first.',
      current_schema()
      USING ERRCODE = 'undefined_table';
  END IF;

  was_there := EXISTS (
    SELECT 1 FROM pg_attribute WHERE attrelid = slots_table AND attname = 'must_keep' AND NOT attisdropped);
  ALTER TABLE slots ADD COLUMN IF NOT EXISTS must_keep boolean;
  ALTER TABLE slots ADD COLUMN IF NOT EXISTS min_chars integer;
  UPDATE slots
  SET must_keep = coalesce(must_keep, FALSE), min_chars = coalesce(min_chars, 0)
  WHERE must_keep IS NULL OR min_chars IS NULL;
  ALTER TABLE slots
    ALTER COLUMN must_keep SET DEFAULT FALSE,
    ALTER COLUMN must_keep SET NOT NULL,
    ALTER COLUMN min_chars SET DEFAULT 0,
    ALTER COLUMN min_chars SET NOT NULL;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = slots_table AND conname = 'slots_min_chars_check') THEN
    ALTER TABLE slots ADD CONSTRAINT slots_min_chars_check CHECK (min_chars >= 0);
  END IF;

  IF NOT was_there THEN
    -- A table that somebody else made may call the name otherwise.
    SELECT attname
    INTO called
    FROM pg_attribute
    JOIN pg_type ON pg_type.oid = atttypid
    WHERE attrelid = slots_table
      AND attname IN ('name', 'slot_name', 'key', 'slot_key', 'slug', 'type', 'slot_type', 'id', 'slot_id')
      AND typcategory = 'S'
      AND NOT attisdropped
    ORDER BY array_position(
      CAST('{name,slot_name,key,slot_key,slug,type,slot_type,id,slot_id}' AS name[]), attname)
    LIMIT 1;
    IF called IS NOT NULL THEN
      EXECUTE format(
        $update$
        UPDATE slots s
        SET must_keep = TRUE, min_chars = critical.min_chars
        FROM (VALUES
          ('system_instructions', 200), ('system_prompt', 200), ('system', 200), ('instructions', 200),
          ('persona', 100), ('safety_rules', 100), ('safety', 100), ('rules', 100), ('constraints', 100),
          ('user_message', 50), ('user_input', 50), ('user_query', 50), ('user', 50), ('task', 50),
          ('output_format', 50), ('format', 50)) AS critical (name, min_chars)
        WHERE lower(CAST(s.%I AS text)) = critical.name
        $update$,
        called);
    END IF;
    IF EXISTS (SELECT 1 FROM slots) AND NOT EXISTS (SELECT 1 FROM slots WHERE must_keep) THEN
      RAISE NOTICE 'No slot has the name of a critical one; mark them: UPDATE slots SET must_keep = TRUE WHERE …';
    END IF;
  END IF;
END
$$;
