-- Budgets of watched applications: a row of the application says what the budget is, and nobody
-- else edits it. The application may be told what was spent.

ALTER TABLE stipend.budgets ADD COLUMN owner text;

ALTER TABLE stipend.spend_sources
  ADD COLUMN mirrors_budgets boolean NOT NULL DEFAULT FALSE,
  ADD COLUMN write_secret text,
  ADD COLUMN mirror_error text,
  ADD COLUMN write_error text;

CREATE TABLE stipend.mirrored_budgets (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  -- The application's table and the id of its row.
  host_table text NOT NULL,
  host_id text NOT NULL,
  -- What the row said when it was last followed.
  said text NOT NULL,
  -- NULL where the row is no budget; reason says why.
  budget_id uuid,
  reason text,
  -- The spend that the application was last told.
  told_spend numeric(38, 12),
  PRIMARY KEY (workspace_id, source_id, host_table, host_id),
  FOREIGN KEY (workspace_id, source_id) REFERENCES stipend.spend_sources (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id),
  CHECK ((budget_id IS NULL) = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX mirrored_budgets_budget_key ON stipend.mirrored_budgets (workspace_id, budget_id);

-- Months of users that have changed since the application was told what they used.
CREATE TABLE stipend.untold_months (
  workspace_id uuid NOT NULL,
  source_id uuid NOT NULL,
  user_id text NOT NULL,
  month date NOT NULL,
  changes bigint NOT NULL,
  PRIMARY KEY (workspace_id, source_id, user_id, month),
  FOREIGN KEY (workspace_id, source_id) REFERENCES stipend.spend_sources (workspace_id, id) ON DELETE CASCADE
);
