-- Undoes V202611210014__reserve_once_and_audit.sql. What it made is gone with its data.

DROP INDEX stipend.audit_logs_at;
DROP TABLE stipend.idempotency_keys;
DROP FUNCTION stipend.expired_holds(uuid, uuid, text, timestamptz, timestamptz);
DROP FUNCTION stipend.refuse(text);

-- What these rows do not have, they cannot answer again.
UPDATE stipend.reservations
SET request_digest = coalesce(request_digest, ''),
    response = coalesce(response, '{}')
WHERE request_digest IS NULL OR response IS NULL;

DROP INDEX stipend.reservations_idempotency_key;
ALTER TABLE stipend.reservations
  ALTER COLUMN request_digest SET NOT NULL,
  ALTER COLUMN response SET NOT NULL,
  ALTER COLUMN response TYPE jsonb USING CAST(response AS jsonb),
  DROP COLUMN request,
  DROP COLUMN settlement_digest,
  DROP COLUMN settled_event_id,
  DROP COLUMN settled_cost,
  DROP COLUMN finished_at,
  ADD CONSTRAINT reservations_workspace_id_idempotency_key_key UNIQUE (workspace_id, idempotency_key),
  ADD CONSTRAINT reservations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES stipend.workspaces (id);

DROP INDEX stipend.reservation_budgets_of_budget;
DROP INDEX stipend.reservation_budgets_expiring;
ALTER TABLE stipend.reservation_budgets
  DROP COLUMN period_end,
  DROP COLUMN expires_at,
  ADD CONSTRAINT reservation_budgets_workspace_id_reservation_id_fkey
    FOREIGN KEY (workspace_id, reservation_id) REFERENCES stipend.reservations (workspace_id, id);

DROP INDEX stipend.budgets_increase_ending;
ALTER TABLE stipend.budgets
  DROP CONSTRAINT budgets_increase,
  DROP COLUMN increased_limit,
  DROP COLUMN increased_until;
