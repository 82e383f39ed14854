-- Maintenance forgets old refusals, and only those.
CREATE INDEX CONCURRENTLY audit_logs_refusals ON stipend.audit_logs (at) WHERE action = 'work.refused';
