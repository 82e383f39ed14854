package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.BudgetTable;
import dev.stipend.budget.mirror.HostBudget;
import dev.stipend.budget.mirror.MirrorSteps;
import dev.stipend.budget.mirror.MirroredBudget;
import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.budget.mirror.UntoldSpend;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.money.Money;
import dev.stipend.platform.host.HostDatabases;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.host.HostSession;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the budgets that an application keeps budgets of Stipend, and tells the application what
/// was spent of them. Neither keeps its spend from being read.
@Singleton
public class MirrorBudgets {
  private static final int ROWS = 1000;
  private static final Duration STATEMENT = Duration.ofSeconds(5);
  private static final String FOLLOWED = "followed";
  private static final String TOLD = "told what was spent";

  private static final Logger LOG = LoggerFactory.getLogger(MirrorBudgets.class);

  private final HostDatabases hosts;
  private final MirroredBudgets mirrored;
  private final MirrorSteps steps;
  private final WorkspaceRepository workspaces;
  private final UntoldSpend untold;

  MirrorBudgets(
      HostDatabases hosts,
      MirroredBudgets mirrored,
      MirrorSteps steps,
      WorkspaceRepository workspaces,
      UntoldSpend untold) {
    this.hosts = hosts;
    this.mirrored = mirrored;
    this.steps = steps;
    this.workspaces = workspaces;
    this.untold = untold;
  }

  /// A row of an application.
  private record RowKey(String table, String id) {
    static RowKey of(MirroredBudget row) {
      return new RowKey(row.table(), row.id());
    }
  }

  /// Why budgets of an application could not be followed, or it could not be told what was spent;
  /// empty where nothing is in the way.
  public List<String> warnings(SourceSettings settings) {
    if (!settings.mirrorsBudgets()) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    for (BudgetTable table : BudgetTable.of(settings.preset())) {
      warn(
          warnings,
          FOLLOWED,
          () -> hosts.read(settings.urlSecret()),
          host -> page(settings, host, table, Long.MAX_VALUE));
      settings
          .writeSecret()
          .ifPresent(
              secret ->
                  warn(
                      warnings,
                      TOLD,
                      () -> hosts.write(secret),
                      host -> tell(settings, host, table, Map.of())));
    }
    return warnings;
  }

  private static void warn(
      List<String> warnings,
      String what,
      Supplier<HostSession> opening,
      Consumer<HostSession> trial) {
    try (HostSession host = opening.get()) {
      trial.accept(host);
    } catch (HostException failure) {
      warnings.add(sentence(what, failure));
    }
  }

  private static String sentence(String what, RuntimeException failure) {
    return "Its budgets cannot be %s: %s".formatted(what, failure.getMessage());
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
      mirrored.outcome(source, Optional.empty());
      return isDone;
    } catch (RuntimeException failure) {
      failed(source, failure, FOLLOWED);
      return true;
    }
  }

  private boolean follow(SpendSource source, HostSession host, TimeLeft left, Instant now) {
    Workspace workspace = workspaces.findById(source.workspaceId()).orElseThrow();
    Map<RowKey, MirroredBudget> gone = new HashMap<>();
    mirrored.all(source).forEach(row -> gone.put(RowKey.of(row), row));
    for (BudgetTable table : BudgetTable.of(source.settings().preset())) {
      long after = Long.MIN_VALUE;
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
            steps.follow(workspace, source, table, row, known, now);
          }
          after = Long.parseLong(row.id());
        }
      } while (page.size() == ROWS);
    }
    gone.values().forEach(row -> steps.forget(source, row, now));
    return true;
  }

  private static List<HostBudget> page(
      SourceSettings settings, HostSession host, BudgetTable table, long after) {
    try {
      return host.run(
          settings.schema(), STATEMENT, connection -> table.page(connection, after, ROWS));
    } catch (HostException failure) {
      throw failure.isForbidden() ? failure.with(table.readingGrants()) : failure;
    }
  }

  /// Tells an application what was spent of its budgets, where that is something else than what it
  /// was told before.
  public void tell(SpendSource source, Instant now) {
    Optional<String> secret =
        source.settings().writeSecret().filter(name -> source.settings().mirrorsBudgets());
    if (secret.isEmpty()) {
      return;
    }
    try {
      Map<String, Map<String, Money>> spend = untold.of(source, now);
      if (!spend.isEmpty()) {
        tell(source, secret.get(), spend);
      }
    } catch (RuntimeException failure) {
      failed(source, failure, TOLD);
    }
  }

  private void tell(SpendSource source, String secret, Map<String, Map<String, Money>> changed) {
    try (HostSession host = hosts.write(secret)) {
      for (BudgetTable table : BudgetTable.of(source.settings().preset())) {
        Map<String, Money> spend = changed.getOrDefault(table.name(), Map.of());
        if (!spend.isEmpty()) {
          tell(source.settings(), host, table, spend);
          mirrored.told(source, table.name(), spend);
        }
      }
    }
  }

  private static void tell(
      SourceSettings settings, HostSession host, BudgetTable table, Map<String, Money> spend) {
    try {
      host.run(
          settings.schema(),
          STATEMENT,
          connection -> {
            table.tell(connection, spend);
            return true;
          });
    } catch (HostException failure) {
      throw failure.isForbidden() ? failure.with(table.tellingGrants()) : failure;
    }
  }

  /// Forgets all rows of a source that is removed: their budgets are archived.
  public void end(SpendSource source, Instant now) {
    mirrored.all(source).forEach(row -> steps.forget(source, row, now));
  }

  private void failed(SpendSource source, RuntimeException failure, String what) {
    String sentence = sentence(what, failure);
    LOG.warn("Source {}: {}", source.settings().name(), sentence);
    mirrored.outcome(source, Optional.of(sentence));
  }
}
