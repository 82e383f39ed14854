package dev.stipend.report.summary;

import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `summary_schedules`.
@Singleton
public class SummarySchedules {
  private final JdbcOperations jdbc;
  private final RowIds ids;

  SummarySchedules(JdbcOperations jdbc, RowIds ids) {
    this.jdbc = jdbc;
    this.ids = ids;
  }

  @Transactional
  public SummarySchedule create(
      UUID workspace, SummaryTimes times, List<UUID> channels, String actor, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.summary_schedules (
          workspace_id, id, every, weekday, hour, time_zone, channels, next_at, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING *
        """,
        statement -> {
          Statements.bind(
              statement,
              workspace,
              ids.next(),
              Labels.of(times.every()),
              times.weekday().getValue(),
              times.hour(),
              times.zone().getId(),
              Statements.array("uuid", channels),
              Instants.parameter(times.next(now)),
              actor,
              now);
          return read(statement).getFirst();
        });
  }

  /// A page of schedules, newest first, of those made before the last one of the page before.
  @Transactional
  public List<SummarySchedule> page(UUID workspace, Instant before, UUID idBefore, int limit) {
    return jdbc.prepareStatement(
        """
        SELECT *
        FROM stipend.summary_schedules
        WHERE workspace_id = ?
          AND (created_at, id) < (?, ?)
        ORDER BY created_at DESC, id DESC
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, workspace, before, idBefore, limit);
          return read(statement);
        });
  }

  @Transactional
  public Optional<SummarySchedule> find(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        "SELECT * FROM stipend.summary_schedules WHERE workspace_id = ? AND id = ?",
        statement -> {
          Statements.bind(statement, workspace, id);
          return read(statement).stream().findFirst();
        });
  }

  /// Deletes a schedule. Answers whether it was there.
  @Transactional
  public boolean delete(UUID workspace, UUID id) {
    return jdbc.prepareStatement(
        "DELETE FROM stipend.summary_schedules WHERE workspace_id = ? AND id = ?",
        statement -> {
          Statements.bind(statement, workspace, id);
          return statement.executeUpdate() == 1;
        });
  }

  /// Locks the schedule that is due longest; leaves out those that somebody else holds, and what is
  /// set aside.
  Optional<SummarySchedule> claimDue(Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT s.*
        FROM stipend.summary_schedules s
        WHERE s.next_at <= ?
          AND %s
        ORDER BY s.next_at
        LIMIT 1
        FOR UPDATE OF s SKIP LOCKED
        """
            .formatted(SetAside.leavesOut(WorkItem.Kind.SUMMARY, "s")),
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          return read(statement).stream().findFirst();
        });
  }

  /// Locks a schedule, set aside or not, if it is due.
  Optional<SummarySchedule> lockDue(UUID workspace, UUID id, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT *
        FROM stipend.summary_schedules
        WHERE workspace_id = ?
          AND id = ?
          AND next_at <= ?
        FOR UPDATE
        """,
        statement -> {
          Statements.bind(statement, workspace, id, now);
          return read(statement).stream().findFirst();
        });
  }

  /// Notes when a schedule is due next, and whether something was written; the caller holds its
  /// row.
  void moveOn(SummarySchedule schedule, Optional<Instant> writtenAt, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.summary_schedules
        SET next_at = ?, last_at = coalesce(?, last_at)
        WHERE workspace_id = ?
          AND id = ?
        """,
        Instants.parameter(schedule.times().next(now)),
        Instants.parameter(writtenAt.orElse(null)),
        schedule.workspaceId(),
        schedule.id());
  }

  private static List<SummarySchedule> read(PreparedStatement statement) throws SQLException {
    return Rows.list(
        statement,
        row ->
            new SummarySchedule(
                row.getObject("workspace_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("every"),
                row.getInt("weekday"),
                row.getInt("hour"),
                row.getString("time_zone"),
                Arrays.asList((UUID[]) row.getArray("channels").getArray()),
                Instants.read(row, "next_at"),
                Instants.readOptional(row, "last_at"),
                row.getString("created_by"),
                Instants.read(row, "created_at")));
  }
}
