-- Whether the budgets of a workspace are still those of a stamp, as committed at the moment of the call. A statement sees
-- one state of the database, that of its beginning; a function that is volatile sees what was committed meanwhile. So a
-- reservation that waited for a counter is judged by the budgets that are in force when its wait is over.
CREATE FUNCTION stipend.has_stamp(of_workspace uuid, stamp uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN EXISTS (
    SELECT
    FROM stipend.workspaces
    WHERE id = of_workspace
      AND budgets_stamp = stamp);
END
$$;
