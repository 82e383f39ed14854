-- Undoes V202502010700__20250222_turn_metrics.sql. The metrics are gone with their table.

DROP TABLE turn_metrics;
