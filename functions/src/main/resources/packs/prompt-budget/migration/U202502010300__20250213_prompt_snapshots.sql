-- Undoes V202502010300__20250213_prompt_snapshots.sql. The snapshots are gone with their table.

DROP TABLE prompt_snapshots;
