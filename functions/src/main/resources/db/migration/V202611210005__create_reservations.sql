-- Holds on headroom: one reservation, one amount per budget counter that it touches.

CREATE TABLE stipend.reservations (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  idempotency_key text,
  amount numeric(24, 12) NOT NULL CHECK (amount >= 0),
  state text NOT NULL CHECK (state IN ('held', 'settled', 'released')),
  expires_at timestamptz NOT NULL,
  request_digest bytea NOT NULL,
  response jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, idempotency_key)
);

CREATE TABLE stipend.reservation_budgets (
  workspace_id uuid NOT NULL,
  reservation_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  subject text NOT NULL,
  period_start timestamptz NOT NULL,
  amount numeric(24, 12) NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (workspace_id, reservation_id, budget_id, subject, period_start),
  FOREIGN KEY (workspace_id, reservation_id) REFERENCES stipend.reservations (workspace_id, id)
);
