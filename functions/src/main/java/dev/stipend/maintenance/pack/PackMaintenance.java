package dev.stipend.maintenance.pack;

import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.maintenance.archive.ArchivePlace;
import dev.stipend.maintenance.archive.ArchiveStore;
import dev.stipend.maintenance.pack.MaintenanceRules.ArchiveRule;
import dev.stipend.migration.FailureText;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.database.Connector;
import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.time.TimeLeft;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Does for a watched system what its document asks for, and reports. Knows nothing of who asks.
@Singleton
public class PackMaintenance {
  private final Connector connector;
  private final Optional<String> role;
  private final String archive;
  private final List<ArchiveStore> stores;

  PackMaintenance(
      DatabaseAddress address,
      List<ArchiveStore> stores,
      @Value("${stipend.database.wake-up:30s}") Duration wakeUp,
      @Nullable @Value("${stipend.migration.role:}") String role,
      @Nullable @Value("${usage.archive:}") String archive) {
    this.connector = new Connector(address, wakeUp);
    this.stores = stores;
    this.role = Optional.ofNullable(role).filter(name -> !name.isBlank());
    this.archive = archive == null ? "" : archive.strip();
  }

  /// Never throws for what may happen: the report says it. It holds no secret.
  ///
  /// @param now the time that ages are counted back from
  /// @param left when it is used up, nothing more is begun
  public PackReport run(PackRequest request, Instant now, TimeLeft left) {
    PackRun run = new PackRun(request, now, left);
    try {
      Optional<MaintenanceRules> rules = MaintenanceRules.of(request.pack());
      if (rules.isEmpty() || !has(rules.get(), request.verb())) {
        return run.ended(
            PackOutcome.REFUSED,
            "Pack %s has no %s: its document asks for none."
                .formatted(
                    request.pack(),
                    request.verb() == PackVerb.MAINTAIN
                        ? "maintenance"
                        : "verb " + request.verb().label()));
      }
      Optional<ArchivePlace> place = place(request);
      run.hide(Redaction.of(connector.url()));
      try (PackSession session = PackSession.open(connector, request, role, left)) {
        return run.in(session, rules.get(), place);
      }
    } catch (StoppedException stopped) {
      return run.stopped(
          stopped
              .problem()
              .map(MigrationProblem::kind)
              .map(MigrationProblem.Kind::exitCode)
              .orElse(stopped.outcome().exitCode()),
          String.valueOf(stopped.getMessage()));
    } catch (UnusableFileException unusable) {
      return run.ended(PackOutcome.FAILED, String.valueOf(unusable.getMessage()));
    } catch (SQLException | RuntimeException failure) {
      return run.ended(PackOutcome.FAILED, FailureText.cause(failure) + ".");
    }
  }

  private static boolean has(MaintenanceRules rules, PackVerb verb) {
    return verb == PackVerb.MAINTAIN || rules.scripts().contains(verb);
  }

  /// Where files go; nowhere, if nobody says it.
  private Optional<ArchivePlace> place(PackRequest request) {
    String wanted = request.archive().orElse(archive);
    if (wanted.isEmpty() || wanted.equals("none")) {
      return Optional.empty();
    }
    return Optional.of(
        ArchivePlace.of(wanted, stores)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s must be file:///path or s3://bucket/prefix, not %s"
                            .formatted(
                                request.archive().isPresent() ? "--archive" : "USAGE_ARCHIVE",
                                wanted))));
  }

  /// Rules of tables that are there.
  static List<ArchiveRule> present(PackSession session, List<ArchiveRule> rules, TaskDraft draft) {
    return rules.stream()
        .filter(
            rule -> {
              boolean isThere = session.tables().contains(rule.table());
              if (!isThere) {
                missing(session, rule.table(), draft);
              }
              return isThere;
            })
        .toList();
  }

  /// Says that a table is not there, which is wrong only if the whole pack was deployed.
  static void missing(PackSession session, String table, TaskDraft draft) {
    if (session.isComplete()) {
      draft.problem("Table %s of schema %s is gone.".formatted(table, session.schema()));
    } else {
      draft.note("Table %s comes with a later phase of the pack.".formatted(table));
    }
  }
}
