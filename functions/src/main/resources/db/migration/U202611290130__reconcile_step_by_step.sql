-- Undoes V202611290130__reconcile_step_by_step.sql.
ALTER TABLE stipend.usage_archives DROP COLUMN totals_dropped_at;
ALTER TABLE stipend.reconciled_days DROP COLUMN counters_checked;
DROP TABLE stipend.reconciled_ends;
DROP TABLE stipend.reconciliations;
