-- Budgets whose counters are still being made from what was recorded before: of a new one, of one whose end was edited,
-- of one that could not be read for a time. Hardly ever has it a row.

-- run_id: of whoever works on it. periods, filled: how many there are, and are done. until_time: those are done that
-- begin at or after it; none is while it is missing. remaining: only periods that are not final.
CREATE TABLE stipend.budget_backfills (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  run_id uuid NOT NULL,
  periods integer NOT NULL,
  filled integer NOT NULL DEFAULT 0,
  until_time timestamptz,
  remaining boolean NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, budget_id),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES stipend.budgets (workspace_id, id) ON DELETE CASCADE
);

-- The sweep asks for exactly this.
CREATE INDEX budget_backfills_next_attempt_at ON stipend.budget_backfills (next_attempt_at);

-- What a process remembers of budgets does not hold any more when the spend of one is known.
CREATE TRIGGER budget_backfills_inserted AFTER INSERT ON stipend.budget_backfills
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER budget_backfills_updated AFTER UPDATE ON stipend.budget_backfills
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER budget_backfills_deleted AFTER DELETE ON stipend.budget_backfills
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();
