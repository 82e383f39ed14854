-- What cannot be worked on is set aside, so that it stops nobody else: it is left out, and tried again later, alone.

-- id: of a workspace, a budget (of a counter too), an alert or a schedule of summaries. uncounted: events were recorded
-- meanwhile that the budget's counters miss. Hardly ever has it a row.
CREATE TABLE stipend.set_aside (
  workspace_id uuid NOT NULL REFERENCES stipend.workspaces (id),
  kind text NOT NULL,
  id uuid NOT NULL,
  subject text NOT NULL DEFAULT '',
  period_start timestamptz NOT NULL DEFAULT 'epoch',
  error text NOT NULL,
  failures integer NOT NULL,
  since timestamptz NOT NULL,
  retry_at timestamptz NOT NULL,
  uncounted boolean NOT NULL DEFAULT FALSE,
  PRIMARY KEY (workspace_id, kind, id, subject, period_start)
);

-- The sweep asks for exactly this.
CREATE INDEX set_aside_retry_at ON stipend.set_aside (retry_at);

-- What a process remembers of budgets does not hold any more when one cannot be read, or can again.
CREATE TRIGGER set_aside_inserted AFTER INSERT ON stipend.set_aside
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER set_aside_updated AFTER UPDATE ON stipend.set_aside
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER set_aside_deleted AFTER DELETE ON stipend.set_aside
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

-- An edit of a budget, by whomever, has what was set aside of it tried again at once. By its name it fires before
-- budgets_updated: everybody locks what is set aside before the workspace.
CREATE FUNCTION stipend.retry_set_aside() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM stipend.set_aside a
  USING changed b
  WHERE a.workspace_id = b.workspace_id
    AND a.id = b.id
    AND a.kind IN ('counter', 'increase');
  UPDATE stipend.set_aside a
  SET retry_at = 'epoch'
  FROM changed b
  WHERE a.workspace_id = b.workspace_id
    AND a.id = b.id
    AND a.kind = 'budget';
  RETURN NULL;
END
$$;

CREATE TRIGGER budgets_edited AFTER UPDATE ON stipend.budgets
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.retry_set_aside();
