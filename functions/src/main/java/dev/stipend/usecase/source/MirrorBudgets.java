package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.BudgetTable;
import dev.stipend.budget.mirror.HostBudget;
import dev.stipend.budget.mirror.MirrorSteps;
import dev.stipend.budget.mirror.MirroredBudget;
import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.ingest.source.SourcePulls;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.host.HostDatabases;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.host.HostSession;
import dev.stipend.platform.isolation.RowFault;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the budgets that an application keeps budgets of Stipend. What is wrong with them keeps
/// its spend from nothing.
@Singleton
public class MirrorBudgets {
  private static final int ROWS = 1000;
  private static final long FIRST = Long.MIN_VALUE;
  private static final long LAST = Long.MAX_VALUE;
  private static final Duration STATEMENT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(MirrorBudgets.class);

  private final HostDatabases hosts;
  private final MirroredBudgets mirrored;
  private final MirrorSteps steps;
  private final SourcePulls pulls;
  private final WorkspaceRepository workspaces;

  MirrorBudgets(
      HostDatabases hosts,
      MirroredBudgets mirrored,
      MirrorSteps steps,
      SourcePulls pulls,
      WorkspaceRepository workspaces) {
    this.hosts = hosts;
    this.mirrored = mirrored;
    this.steps = steps;
    this.pulls = pulls;
    this.workspaces = workspaces;
  }

  /// A row of an application.
  private record RowKey(String table, String id) {
    static RowKey of(MirroredBudget row) {
      return new RowKey(row.table(), row.id());
    }
  }

  /// Why budgets of an application could not be followed; empty where nothing is in the way.
  public Optional<String> warning(SourceSettings settings) {
    if (!settings.mirrorsBudgets()) {
      return Optional.empty();
    }
    try (HostSession host = hosts.read(settings.urlSecret())) {
      BudgetTable.of(settings.preset()).forEach(table -> page(settings, host, table, LAST));
      return Optional.empty();
    } catch (HostException failure) {
      return Optional.of(sentence(failure));
    }
  }

  private static String sentence(RuntimeException failure) {
    return "Its budgets cannot be followed: " + failure.getMessage();
  }

  /// Follows the rows of an application that limit spend. Answers whether all were looked at.
  ///
  /// @param left when it stops; the next time goes on, as what is followed already takes no time
  public boolean follow(SpendSource source, TimeLeft left, Instant now) {
    if (!source.settings().mirrorsBudgets()) {
      return true;
    }
    try (HostSession host = hosts.read(source.settings().urlSecret())) {
      boolean isDone = follow(source, host, left, now);
      pulls.mirrored(source, Optional.empty());
      return isDone;
    } catch (RuntimeException failure) {
      String sentence = sentence(failure);
      LOG.warn("Source {}: {}", source.settings().name(), sentence);
      pulls.mirrored(source, Optional.of(sentence));
      return true;
    }
  }

  private boolean follow(SpendSource source, HostSession host, TimeLeft left, Instant now) {
    Workspace workspace = workspaces.findById(source.workspaceId()).orElseThrow();
    Map<RowKey, MirroredBudget> gone = new HashMap<>();
    mirrored.all(source).forEach(row -> gone.put(RowKey.of(row), row));
    for (BudgetTable table : BudgetTable.of(source.settings().preset())) {
      long after = FIRST;
      List<HostBudget> page;
      do {
        page = page(source.settings(), host, table, after);
        for (HostBudget row : page) {
          Optional<MirroredBudget> known =
              Optional.ofNullable(gone.remove(new RowKey(table.name(), row.id())));
          if (known.filter(one -> one.said().equals(row.said())).isEmpty()) {
            if (left.isUsedUp()) {
              return false;
            }
            if (!followRow(workspace, source, table, row, known, now)) {
              return true;
            }
          }
          after = Long.parseLong(row.id());
        }
      } while (page.size() == ROWS);
    }
    gone.values().forEach(row -> steps.forget(source, row, now));
    return true;
  }

  /// A row that the database does not take keeps no other from being followed. Answers whether the
  /// source is still there.
  private boolean followRow(
      Workspace workspace,
      SpendSource source,
      BudgetTable table,
      HostBudget row,
      Optional<MirroredBudget> known,
      Instant now) {
    try {
      return steps.follow(workspace, source, table, row, known, now);
    } catch (RuntimeException failure) {
      if (!RowFault.is(failure)) {
        throw failure;
      }
      LOG.warn("Row {} of {} of source {}", row.id(), table.name(), source.id(), failure);
      steps.refuse(source, table, row, known);
      return true;
    }
  }

  private static List<HostBudget> page(
      SourceSettings settings, HostSession host, BudgetTable table, long after) {
    return host.run(
        settings.schema(),
        STATEMENT,
        BudgetTable.readingGrants(settings.preset()),
        connection -> table.page(connection, after, ROWS));
  }

  /// Forgets all rows of a source that is removed: their budgets are archived.
  public void end(SpendSource source, Instant now) {
    mirrored.all(source).forEach(row -> steps.forget(source, row, now));
  }
}
