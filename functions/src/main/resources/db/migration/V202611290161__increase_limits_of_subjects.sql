-- A limit that is higher for a time for one subject of a budget that counts each id apart.
CREATE TABLE stipend.budget_increases (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  subject text NOT NULL,
  limit_amount numeric(24, 12) NOT NULL CHECK (limit_amount >= 0),
  until_time timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, budget_id, subject),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id)
);

-- The sweep asks which have ended.
CREATE INDEX budget_increases_until ON stipend.budget_increases (until_time);
