package dev.stipend.usecase.source;

import dev.stipend.budget.mirror.BudgetTable;
import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.budget.mirror.UntoldSpend;
import dev.stipend.ingest.monthly.MonthOfUser;
import dev.stipend.ingest.monthly.MonthlySums;
import dev.stipend.ingest.monthly.MonthlyUsageTable;
import dev.stipend.ingest.monthly.UntoldMonths;
import dev.stipend.ingest.source.SourcePulls;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.money.Money;
import dev.stipend.platform.host.HostDatabases;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.host.HostSession;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells an application what was spent, in the columns that it has for it, by a role that may write
/// these. It is told whole figures, so that telling twice changes nothing.
@Singleton
public class TellApplication {
  private static final int MONTHS = 1000;
  private static final Duration STATEMENT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(TellApplication.class);

  private final HostDatabases hosts;
  private final UntoldSpend budgets;
  private final MirroredBudgets mirrored;
  private final UntoldMonths months;
  private final MonthlyUsageTable monthlyUsage;
  private final SourcePulls pulls;

  TellApplication(
      HostDatabases hosts,
      UntoldSpend budgets,
      MirroredBudgets mirrored,
      UntoldMonths months,
      MonthlyUsageTable monthlyUsage,
      SourcePulls pulls) {
    this.hosts = hosts;
    this.budgets = budgets;
    this.mirrored = mirrored;
    this.months = months;
    this.monthlyUsage = monthlyUsage;
    this.pulls = pulls;
  }

  /// Why an application could not be told; empty where nothing is in the way.
  public Optional<String> warning(SourceSettings settings) {
    return settings
        .writeSecret()
        .flatMap(
            secret -> {
              try (HostSession host = hosts.write(secret)) {
                if (settings.mirrorsBudgets()) {
                  BudgetTable.of(settings.preset())
                      .forEach(table -> tell(settings, host, table, Map.of()));
                }
                if (settings.tellsMonths()) {
                  tell(settings, host, Map.of());
                }
                return Optional.empty();
              } catch (HostException failure) {
                return Optional.of(sentence(failure));
              }
            });
  }

  /// Tells an application what it was not told yet.
  ///
  /// @param left when it stops; the next time goes on
  public void run(SpendSource source, TimeLeft left, Instant now) {
    SourceSettings settings = source.settings();
    if (settings.writeSecret().isEmpty()) {
      return;
    }
    try {
      if (settings.mirrorsBudgets()) {
        tellBudgets(source, now);
      }
      if (settings.tellsMonths()) {
        tellMonths(source, left);
      }
      pulls.told(source, Optional.empty());
    } catch (RuntimeException failure) {
      String sentence = sentence(failure);
      LOG.warn("Source {}: {}", settings.name(), sentence);
      pulls.told(source, Optional.of(sentence));
    }
  }

  private static String sentence(RuntimeException failure) {
    return "What was spent cannot be written back: " + failure.getMessage();
  }

  private HostSession open(SpendSource source) {
    return hosts.write(source.settings().writeSecret().orElseThrow());
  }

  private void tellBudgets(SpendSource source, Instant now) {
    Map<String, Map<String, Money>> untold = budgets.of(source, now);
    if (untold.isEmpty()) {
      return;
    }
    try (HostSession host = open(source)) {
      for (BudgetTable table : BudgetTable.of(source.settings().preset())) {
        Map<String, Money> spend = untold.getOrDefault(table.name(), Map.of());
        if (!spend.isEmpty()) {
          tell(source.settings(), host, table, spend);
          mirrored.told(source, table.name(), spend);
        }
      }
    }
  }

  private static void tell(
      SourceSettings settings, HostSession host, BudgetTable table, Map<String, Money> spend) {
    host.run(
        settings.schema(),
        STATEMENT,
        BudgetTable.tellingGrants(settings.preset()),
        connection -> table.tell(connection, spend));
  }

  private void tellMonths(SpendSource source, TimeLeft left) {
    Map<MonthOfUser, Long> untold = months.some(source, MONTHS);
    if (untold.isEmpty()) {
      return;
    }
    try (HostSession host = open(source)) {
      do {
        tell(source.settings(), host, months.sums(source, untold.keySet()));
        months.forget(source, untold);
        untold = months.some(source, MONTHS);
      } while (!untold.isEmpty() && !left.isUsedUp());
    }
  }

  private void tell(SourceSettings settings, HostSession host, Map<MonthOfUser, MonthlySums> sums) {
    host.run(
        settings.schema(),
        STATEMENT,
        MonthlyUsageTable.GRANTS,
        connection -> monthlyUsage.write(connection, sums));
  }
}
