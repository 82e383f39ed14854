-- Undoes V202611210007__create_operations.sql. What it made is gone with its data.

DROP TABLE stipend.migration_runs;
DROP TABLE stipend.audit_logs;
DROP TABLE stipend.spend_sources;
