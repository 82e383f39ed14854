-- What a process remembers of a workspace's budgets holds for as long as this stays: every change of them, by whomever,
-- renews it in the same transaction. It is random, so that not even a database restored to an earlier time repeats one.
ALTER TABLE stipend.workspaces ADD COLUMN budgets_stamp uuid NOT NULL DEFAULT gen_random_uuid();

CREATE FUNCTION stipend.stamp_budgets() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    UPDATE stipend.workspaces SET budgets_stamp = gen_random_uuid();
  ELSE
    UPDATE stipend.workspaces
    SET budgets_stamp = gen_random_uuid()
    WHERE id IN (SELECT workspace_id FROM changed);
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER budgets_inserted AFTER INSERT ON stipend.budgets
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER budgets_updated AFTER UPDATE ON stipend.budgets
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER budgets_deleted AFTER DELETE ON stipend.budgets
REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();

CREATE TRIGGER budgets_truncated AFTER TRUNCATE ON stipend.budgets
FOR EACH STATEMENT EXECUTE FUNCTION stipend.stamp_budgets();
