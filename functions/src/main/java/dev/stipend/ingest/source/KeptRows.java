package dev.stipend.ingest.source;

import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The rows of `spend_source_rows`: rows of hosts that are to be looked at again.
@Singleton
public class KeptRows {
  private final JdbcOperations jdbc;

  KeptRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The ids of those that are to be looked at by now, the longest waiting first.
  @Transactional
  public List<String> due(SpendSource source, Instant now, int most) {
    return Sql.list(
        jdbc,
        """
        SELECT row_id
        FROM stipend.spend_source_rows
        WHERE workspace_id = ? AND source_id = ? AND next_look_at <= ?
        ORDER BY next_look_at
        LIMIT ?
        """,
        row -> row.getString("row_id"),
        source.workspaceId(),
        source.id(),
        now,
        most);
  }

  /// How many rows of a source are kept.
  ///
  /// @param waiting those whose cost is not final
  /// @param rejected those that cannot be recorded
  public record Counts(long waiting, long rejected) {
    public static final Counts NONE = new Counts(0, 0);
  }

  /// How many rows are kept of each source of a workspace that has any.
  @Transactional
  public Map<UUID, Counts> counts(UUID workspace) {
    Map<UUID, Counts> counts = new HashMap<>();
    Sql.list(
            jdbc,
            """
            SELECT source_id, count(*) FILTER (WHERE state = 'waiting') AS waiting,
              count(*) FILTER (WHERE state = 'rejected') AS rejected
            FROM stipend.spend_source_rows
            WHERE workspace_id = ?
            GROUP BY source_id
            """,
            row ->
                Map.entry(
                    row.getObject("source_id", UUID.class),
                    new Counts(row.getLong("waiting"), row.getLong("rejected"))),
            workspace)
        .forEach(found -> counts.put(found.getKey(), found.getValue()));
    return counts;
  }

  /// Those of the ids that are kept. Most sources keep none, and asking for each costs more.
  public Set<String> among(SpendSource source, Collection<String> ids) {
    boolean isAny =
        Sql.any(
            jdbc,
            "SELECT FROM stipend.spend_source_rows WHERE workspace_id = ? AND source_id = ? LIMIT"
                + " 1",
            source.workspaceId(),
            source.id());
    return isAny
        ? Sql.set(
            jdbc,
            """
            SELECT row_id
            FROM stipend.spend_source_rows
            WHERE workspace_id = ? AND source_id = ? AND row_id = ANY (?)
            """,
            row -> row.getString("row_id"),
            source.workspaceId(),
            source.id(),
            Statements.array("text", ids))
        : Set.of();
  }

  /// Keeps rows, in the caller's transaction. One that was kept before is looked at again after a
  /// longer while: each time as long as it has waited by then.
  public void keep(SpendSource source, Collection<KeptRow> rows, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.spend_source_rows AS r (
          workspace_id, source_id, row_id, state, reason, occurred_at, seen_at, next_look_at)
        SELECT ?, ?, row_id, state, reason, occurred_at, ?, CAST(? AS timestamptz) + interval '1 minute'
        FROM unnest(?, ?, ?, ?) AS entry (row_id, state, reason, occurred_at)
        ON CONFLICT (workspace_id, source_id, row_id) DO UPDATE
        SET state = EXCLUDED.state, reason = EXCLUDED.reason, occurred_at = EXCLUDED.occurred_at,
            next_look_at = EXCLUDED.seen_at + least(
              interval '6 hours', greatest(interval '1 minute', (EXCLUDED.seen_at - r.seen_at) / 2))
        """,
        statement -> {
          Statements.bind(statement, source.workspaceId(), source.id(), now, now);
          Map<String, KeptRow> byId = new LinkedHashMap<>();
          rows.forEach(row -> byId.put(row.rowId(), row));
          new ArrayBinder<>(statement, 5, List.copyOf(byId.values()))
              .texts(KeptRow::rowId)
              .texts(row -> row.rejected() ? "rejected" : "waiting")
              .texts(KeptRow::reason)
              .texts(KeptRow::occurredAt);
          return statement.executeUpdate();
        });
  }

  /// Forgets rows that need no other look, in the caller's transaction.
  public void forget(SpendSource source, Collection<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.spend_source_rows
        WHERE workspace_id = ? AND source_id = ? AND row_id = ANY (?)
        """,
        source.workspaceId(),
        source.id(),
        Statements.array("text", ids));
  }

  /// Forgets all rows of a source that begins again, and so reads them again.
  public void clear(UUID workspace, UUID source) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.spend_source_rows WHERE workspace_id = ? AND source_id = ?",
        workspace,
        source);
  }

  /// Forgets rows that were first seen before a time: nobody will settle or mend them any more.
  public void forgetBefore(SpendSource source, Instant end) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.spend_source_rows WHERE workspace_id = ? AND source_id = ? AND seen_at"
            + " < ?",
        source.workspaceId(),
        source.id(),
        end);
  }

  /// Rows of a source, newest first.
  ///
  /// @param before rows that were seen before it, or with it and have a smaller id
  @Transactional
  public List<KeptRow> page(
      UUID workspace, UUID source, Instant before, String beforeId, int most) {
    return Sql.list(
        jdbc,
        """
        SELECT row_id, state, reason, occurred_at, seen_at, next_look_at
        FROM stipend.spend_source_rows
        WHERE workspace_id = ? AND source_id = ? AND (seen_at, row_id) < (CAST(? AS timestamptz), ?)
        ORDER BY seen_at DESC, row_id DESC
        LIMIT ?
        """,
        row ->
            new KeptRow(
                row.getString("row_id"),
                row.getString("state").equals("rejected"),
                row.getString("reason"),
                row.getString("occurred_at"),
                Instants.read(row, "seen_at"),
                Instants.read(row, "next_look_at")),
        workspace,
        source,
        before,
        beforeId,
        most);
  }
}
