package dev.stipend.maintenance.retention;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is forgotten after a time.
@Singleton
class RetentionTasks {
  private static final Period ANSWERS = Period.ofDays(1);

  /// As long as the ids of events are remembered, and with them whether a settlement is a new one.
  private static final Period RESERVATIONS = Period.ofDays(35);

  private static final Period REFUSALS = Period.ofDays(90);

  /// Events of that age are recognised in the ledger itself, so a file may be imported again.
  private static final Period IMPORTS = Period.ofMonths(13);

  private static final Period MIGRATION_RUNS = Period.ofMonths(13);
  private static final int ALERT_MONTHS = 25;

  private static final OldRows OLD_ANSWERS =
      new OldRows("idempotency_keys", "t.created_at < :before", "t.created_at", false);

  /// Ids are in the order of time: the first young one ends the search.
  private static final OldRows ENDED_RESERVATIONS =
      new OldRows(
          "reservations",
          """
          t.id < coalesce((
              SELECT young.id
              FROM stipend.reservations young
              WHERE young.workspace_id = w.id
                AND young.created_at >= :before
              ORDER BY young.id
              LIMIT 1), CAST('ffffffff-ffff-ffff-ffff-ffffffffffff' AS uuid))
            AND coalesce(t.finished_at, t.expires_at) < :before
            AND NOT EXISTS (
              SELECT
              FROM stipend.reservation_budgets h
              WHERE h.workspace_id = t.workspace_id
                AND h.reservation_id = t.id)\
          """,
          "t.id",
          true);

  /// What people did stays.
  private static final OldRows OLD_REFUSALS =
      new OldRows("audit_logs", "t.action = 'work.refused' AND t.at < :before", "t.at", false);

  /// The alert of a period that goes on stays while it is open.
  private static final OldRows OLD_ALERTS =
      new OldRows(
          "alert_logs",
          "t.raised_at < :before AND (t.resolved_at < :before OR t.period_end < :before)",
          "t.raised_at",
          true);

  private static final OldRows OLD_DELIVERIES =
      new OldRows(
          "alert_deliveries",
          """
          t.created_at < :before
            AND t.status NOT IN ('pending', 'sending', 'retrying')
            AND NOT EXISTS (
              SELECT
              FROM stipend.alert_logs a
              WHERE a.workspace_id = t.workspace_id
                AND a.id = t.alert_id)\
          """,
          "t.created_at",
          false);

  private static final OldRows OLD_IMPORTS =
      new OldRows("usage_imports", "t.updated_at < :before", "t.updated_at", false);

  /// The last one stays: it shows how the schema got to its present state.
  private static final OldRows OLD_MIGRATION_RUNS =
      new OldRows(
          "migration_runs",
          "t.started_at < least(:before, (SELECT max(started_at) FROM stipend.migration_runs))",
          "t.started_at",
          false);

  private final String alertMonths;

  RetentionTasks(@Nullable @Value("${alert.retention.months:}") String alertMonths) {
    this.alertMonths = alertMonths == null ? "" : alertMonths.strip();
  }

  /// All tasks, those first that others follow.
  List<RetentionTask> all() {
    return List.of(
        new RetentionTask("idempotencyKeysPruned", () -> ANSWERS, OLD_ANSWERS),
        new RetentionTask("reservationsPruned", () -> RESERVATIONS, ENDED_RESERVATIONS),
        new RetentionTask("refusalsPruned", () -> REFUSALS, OLD_REFUSALS),
        new RetentionTask("alertsPruned", this::alerts, OLD_ALERTS),
        new RetentionTask("deliveriesPruned", this::alerts, OLD_DELIVERIES),
        new RetentionTask("importsPruned", () -> IMPORTS, OLD_IMPORTS),
        new RetentionTask("migrationRunsPruned", () -> MIGRATION_RUNS, OLD_MIGRATION_RUNS));
  }

  private Period alerts() {
    return RetentionMonths.read("ALERT_RETENTION_MONTHS", alertMonths, ALERT_MONTHS);
  }
}
