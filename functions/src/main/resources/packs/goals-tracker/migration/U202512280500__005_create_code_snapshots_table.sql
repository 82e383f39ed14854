-- Undoes V202512280500__005_create_code_snapshots_table.sql. The snapshots are gone with their table.

DROP TABLE code_snapshots;
