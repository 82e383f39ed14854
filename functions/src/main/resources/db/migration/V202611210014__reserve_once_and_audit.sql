-- Holds that are found when they expire, limits raised for a time, answers given once, and an audit log that is read.

ALTER TABLE stipend.budgets
  ADD COLUMN increased_limit numeric(24, 12) CHECK (increased_limit >= 0),
  ADD COLUMN increased_until timestamptz,
  ADD CONSTRAINT budgets_increase CHECK ((increased_limit IS NULL) = (increased_until IS NULL));

-- The sweep asks which increases have ended.
CREATE INDEX budgets_increase_ending ON stipend.budgets (increased_until) WHERE increased_until IS NOT NULL;

-- A hold lasts as long as its row: settling, releasing and expiry delete it in the transaction that takes its amount
-- off the counter's `held`. Foreign keys would have all reservations of a workspace lock its one row.
ALTER TABLE stipend.reservation_budgets
  ADD COLUMN period_end timestamptz NOT NULL,
  ADD COLUMN expires_at timestamptz NOT NULL,
  DROP CONSTRAINT reservation_budgets_workspace_id_reservation_id_fkey;

ALTER TABLE stipend.reservations DROP CONSTRAINT reservations_workspace_id_fkey;

-- A reservation asks what has expired, or will next, of the budgets it looks at; the sweep, of all.
CREATE INDEX reservation_budgets_of_budget ON stipend.reservation_budgets (budget_id, expires_at);
CREATE INDEX reservation_budgets_expiring ON stipend.reservation_budgets (expires_at);

-- `request` is what was asked: a settlement takes from it what it does not tell itself. Digest and response are for
-- requests that may be repeated; most have no idempotency key, and leave the index alone.
ALTER TABLE stipend.reservations
  ALTER COLUMN request_digest DROP NOT NULL,
  ALTER COLUMN response DROP NOT NULL,
  ALTER COLUMN response TYPE text,
  ADD COLUMN request jsonb NOT NULL,
  ADD COLUMN settlement_digest bytea,
  ADD COLUMN settled_event_id text,
  ADD COLUMN settled_cost numeric(24, 12),
  ADD COLUMN finished_at timestamptz,
  DROP CONSTRAINT reservations_workspace_id_idempotency_key_key;

CREATE UNIQUE INDEX reservations_idempotency_key
  ON stipend.reservations (workspace_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Ends a statement that found it must not have happened, and with it everything it did, without another round trip.
CREATE FUNCTION stipend.refuse(reason text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'STP01', MESSAGE = reason;
END
$$;

-- What the expired holds on a counter still take of it. A function, so that a query that may need it is planned once: how
-- many have expired is a guess that the planner would make anew every time.
CREATE FUNCTION stipend.expired_holds(
  of_workspace uuid, of_budget uuid, of_subject text, of_period timestamptz, at timestamptz) RETURNS numeric
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (
    SELECT coalesce(sum(h.amount), 0)
    FROM stipend.reservation_budgets h
    WHERE h.budget_id = of_budget
      AND h.expires_at <= at
      AND h.workspace_id = of_workspace
      AND h.subject = of_subject
      AND h.period_start = of_period);
END
$$;

-- What a request with an idempotency key was answered, to be answered again.
CREATE TABLE stipend.idempotency_keys (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  key text NOT NULL,
  request_digest bytea NOT NULL,
  -- Text, so that it is answered again letter by letter.
  answer text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, key)
);

-- Maintenance forgets old ones.
CREATE INDEX idempotency_keys_created_at ON stipend.idempotency_keys (created_at);

-- The list is read newest first, by pages.
CREATE INDEX audit_logs_at ON stipend.audit_logs (workspace_id, at, id);
