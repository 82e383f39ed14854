-- Undoes V202611290131__index_refusals.sql.
DROP INDEX CONCURRENTLY stipend.audit_logs_refusals;
