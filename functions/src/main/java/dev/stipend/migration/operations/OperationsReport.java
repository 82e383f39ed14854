package dev.stipend.migration.operations;

import dev.stipend.migration.RunOutcome;
import java.util.List;
import java.util.Map;

/// What an operator wants to know of a database, beside its migrations.
///
/// @param migrations what `status` would come to
/// @param figures how many tables, foreign keys and indexes the schema has
public record OperationsReport(
    ServerState server,
    RunOutcome migrations,
    String migrationsMessage,
    String figures,
    Section<TableSizes.Line> tables,
    Section<JsonColumns.Line> jsonColumns,
    Section<UnusedIndexes.Line> unusedIndexes,
    Section<UnindexedKeys.Line> foreignKeysWithoutIndex,
    Section<BrokenIndexes.Line> invalidIndexes,
    Section<SlowQueries.Line> slowQueries,
    Section<LockWaits.Line> blockedSessions,
    Section<LongTransactions.Line> longTransactions,
    Section<Applications.Line> applications) {

  /// In the order in which they are shown.
  public List<Section<?>> sections() {
    return List.of(
        tables,
        jsonColumns,
        unusedIndexes,
        foreignKeysWithoutIndex,
        invalidIndexes,
        slowQueries,
        blockedSessions,
        longTransactions,
        applications);
  }

  /// The report as the values of a JSON object. Its fields stay as they are.
  public Map<String, Object> toMap() {
    Fields fields =
        new Fields()
            .with("server", server.toMap())
            .with(
                "migrations",
                new Fields()
                    .with("outcome", migrations.word())
                    .with("message", migrationsMessage)
                    .map());
    sections().forEach(section -> fields.with(section.heading().field(), section.toMap()));
    return fields.map();
  }
}
