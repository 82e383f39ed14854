package dev.stipend.tenant;

import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Writes and reads the audit log.
@Singleton
public class AuditLog {
  private final RowIds ids;
  private final JdbcOperations jdbc;

  AuditLog(RowIds ids, JdbcOperations jdbc) {
    this.ids = ids;
    this.jdbc = jdbc;
  }

  /// Writes an entry in the caller's transaction, and answers its id.
  @Transactional
  public UUID write(UUID workspace, AuditEvent deed, Instant now) {
    UUID id = ids.next();
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.audit_logs (workspace_id, id, actor, action, target, before, after, at)
        VALUES (?, ?, ?, ?, ?, CAST(? AS jsonb), CAST(? AS jsonb), ?)
        """,
        workspace,
        id,
        deed.actor(),
        deed.action(),
        deed.target(),
        deed.before().orElse(null),
        deed.after().orElse(null),
        now);
    return id;
  }

  /// Writes many entries in the caller's transaction.
  @Transactional
  public void write(UUID workspace, List<AuditEvent> deeds, Instant now) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.audit_logs (workspace_id, at, id, actor, action, target, before, after)
        SELECT ?, ?, id, actor, action, target, CAST(before AS jsonb), CAST(after AS jsonb)
        FROM unnest(?, ?, ?, ?, ?, ?) AS deed (id, actor, action, target, before, after)
        """,
        statement -> {
          Statements.bind(statement, workspace, now);
          new ArrayBinder<>(statement, 3, deeds)
              .uuids(deed -> ids.next())
              .texts(AuditEvent::actor)
              .texts(AuditEvent::action)
              .texts(AuditEvent::target)
              .texts(deed -> deed.before().orElse(null))
              .texts(deed -> deed.after().orElse(null));
          return statement.executeUpdate();
        });
  }

  /// Counts a deed that comes again and again in one entry: the first writes it, with a `count` of
  /// 1 in what it says, the others count there, and say when the last one was.
  ///
  /// Whoever does so at the same time waits for the entry, so it is not waited until it is on disk:
  /// should the server crash, what was counted just before may be lost.
  ///
  /// @param id of the entry, the same for all that are counted together
  @Connectable
  public void count(UUID workspace, UUID id, AuditEvent deed, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.audit_logs AS entry (workspace_id, id, actor, action, target, after, at)
        SELECT ?, ?, ?, ?, ?, CAST(? AS jsonb) || jsonb_build_object('count', 1), ?
        WHERE set_config('synchronous_commit', 'off', TRUE) IS NOT NULL
        ON CONFLICT (workspace_id, id) DO UPDATE
        SET after = entry.after
          || jsonb_build_object('count', CAST(entry.after ->> 'count' AS bigint) + 1, 'lastAt', CAST(? AS text))
        """,
        workspace,
        id,
        deed.actor(),
        deed.action(),
        deed.target(),
        deed.after().orElseThrow(),
        now,
        now.toString());
  }

  /// Does a deed that writes its entries itself, all in one transaction.
  @Transactional
  public <T> T together(Supplier<T> deed) {
    return deed.get();
  }

  /// A page of entries, newest first, of those before the last one of the page before.
  ///
  /// @param target only entries about this
  /// @param action only such deeds
  @Transactional
  public List<AuditEntry> page(
      UUID workspace,
      Optional<String> target,
      Optional<String> action,
      Instant before,
      UUID idBefore,
      int limit) {
    return Sql.list(
        jdbc,
        """
        SELECT id, actor, action, target, before, after, at
        FROM stipend.audit_logs
        WHERE workspace_id = ?
          AND target = coalesce(?, target)
          AND action = coalesce(?, action)
          AND (at, id) < (?, ?)
        ORDER BY at DESC, id DESC
        LIMIT ?
        """,
        row ->
            new AuditEntry(
                row.getObject("id", UUID.class),
                new AuditEvent(
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("target"),
                    Optional.ofNullable(row.getString("before")),
                    Optional.ofNullable(row.getString("after"))),
                Instants.read(row, "at")),
        workspace,
        target.orElse(null),
        action.orElse(null),
        before,
        idBefore,
        limit);
  }
}
