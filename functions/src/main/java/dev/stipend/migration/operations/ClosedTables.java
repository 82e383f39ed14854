package dev.stipend.migration.operations;

/// Tables that cannot be opened now without waiting, because something has or wants them, an index
/// of theirs or their TOAST table for itself. To ask for their size would be to wait, too.
final class ClosedTables {
  /// A common table expression `closed` with the tables' ids in `relation`.
  static final String SQL =
      """
      closed AS MATERIALIZED (
        SELECT DISTINCT coalesce(i.indrelid, t.oid, l.relation) AS relation
        FROM pg_locks l
        LEFT JOIN pg_index i ON i.indexrelid = l.relation
        LEFT JOIN pg_class t ON t.reltoastrelid = l.relation
        WHERE l.locktype = 'relation'
          AND l.mode = 'AccessExclusiveLock'
          AND l.pid IS DISTINCT FROM pg_backend_pid()
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      )
      """;

  private ClosedTables() {}

  /// The size of a relation in bytes as its last vacuum or analyze left it.
  ///
  /// @param alias of its row in `pg_class`
  static String lastKnown(String alias) {
    return "CAST(%s.relpages AS bigint) * CAST(current_setting('block_size') AS bigint)"
        .formatted(alias);
  }
}
