package dev.stipend.maintenance.retention;

/// Rows of a table that have served their time by an instant.
///
/// @param table without its schema
/// @param which of its rows `t`: a condition with `:before`, the instant
/// @param order the columns of the index by which they are found, oldest first
/// @param byWorkspace whether that index begins with `workspace_id`; `w` is then the workspace
public record OldRows(String table, String which, String order, boolean byWorkspace) {
  /// The statement that forgets some, leaving out those that somebody works on. Takes the instant
  /// as `:before`, and how many at most as `:most`.
  String deletion() {
    String old =
        """
        SELECT t.ctid AS place
        FROM stipend.%s t
        WHERE %s%s
        ORDER BY %s
        LIMIT :most
        FOR UPDATE OF t SKIP LOCKED\
        """
            .formatted(table, byWorkspace ? "t.workspace_id = w.id AND " : "", which, order);
    String from = byWorkspace ? "stipend.workspaces w CROSS JOIN LATERAL (%s)" : "(%s)";
    return """
    DELETE FROM stipend.%s
    WHERE ctid = ANY (ARRAY(
      SELECT old.place
      FROM %s AS old
      LIMIT :most))
    """
        .formatted(table, from.formatted(old));
  }
}
