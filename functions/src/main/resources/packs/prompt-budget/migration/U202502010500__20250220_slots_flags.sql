-- Undoes V202502010500__20250220_slots_flags.sql. The slots stay; their flags are gone.

ALTER TABLE slots DROP COLUMN must_keep, DROP COLUMN min_chars;
