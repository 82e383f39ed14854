-- Undoes V202502010100__20250130000000_core_schema.sql. The turns are gone with their table.

DROP TABLE turns;
