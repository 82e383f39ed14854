package dev.stipend.usecase.source;

import dev.stipend.ingest.source.SourcePulls;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.metrics.Metric;
import dev.stipend.platform.metrics.Metrics;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Pulls the sources that are due. One that fails, or has much to tell, keeps no other waiting for
/// long.
@Singleton
public class PullSources {
  /// What all sources may take of a sweep.
  private static final Duration IN_A_SWEEP = Duration.ofSeconds(30);

  /// What one source may take before others have their turn.
  private static final Duration AT_ONCE = Duration.ofSeconds(8);

  /// After it, whoever pulled a source is believed dead: longer than any run takes.
  private static final Duration LEASE = Duration.ofMinutes(3);

  private static final int ROWS = 2000;

  private final SourcePulls pulls;
  private final PullSource pull;
  private final MirrorBudgets budgets;
  private final TellApplication telling;
  private final Metrics metrics;

  PullSources(
      SourcePulls pulls,
      PullSource pull,
      MirrorBudgets budgets,
      TellApplication telling,
      Metrics metrics) {
    this.pulls = pulls;
    this.pull = pull;
    this.budgets = budgets;
    this.telling = telling;
    this.metrics = metrics;
  }

  /// What was pulled.
  ///
  /// @param sources that were pulled
  /// @param recorded rows that are new in the ledger
  /// @param failed sources that could not be pulled
  public record Pulled(int sources, int recorded, int failed) {
    static final Pulled NOTHING = new Pulled(0, 0, 0);

    private Pulled plus(PullSource.Outcome outcome) {
      return new Pulled(
          sources + 1,
          recorded + outcome.recorded(),
          failed + (outcome.error().isPresent() ? 1 : 0));
    }
  }

  /// Pulls what is due, as far as there is time.
  public Pulled run(Instant now) {
    TimeLeft left = TimeLeft.within(IN_A_SWEEP);
    Pulled all = Pulled.NOTHING;
    while (!left.isUsedUp()) {
      Optional<SpendSource> due = pulls.claimDue(now, LEASE);
      if (due.isEmpty()) {
        break;
      }
      TimeLeft own = TimeLeft.within(left.atMost(AT_ONCE));
      all = all.plus(pull(due.get(), new PullSource.Extent(ROWS, own, page -> {}), now));
    }
    if (all.sources() > 0) {
      metrics.write(
          Map.of(Metric.SOURCE_ROWS, all.recorded(), Metric.SOURCES_FAILED, all.failed()));
    }
    return all;
  }

  /// Pulls a source for some seconds, whether or not it is due; empty if somebody pulls it now.
  public Optional<PullSource.Outcome> pullNow(SpendSource source, Instant now) {
    return pullNow(source, new PullSource.Extent(ROWS, TimeLeft.within(AT_ONCE), page -> {}), now);
  }

  /// Pulls a source as far as somebody wants, whether or not it is due; empty if somebody pulls it
  /// now.
  public Optional<PullSource.Outcome> pullNow(
      SpendSource source, PullSource.Extent extent, Instant now) {
    return pulls
        .claim(source.workspaceId(), source.id(), now, LEASE)
        .map(claimed -> pull(claimed, extent, now));
  }

  /// Budgets come first, so that what is recorded meets them as they are now.
  private PullSource.Outcome pull(SpendSource source, PullSource.Extent extent, Instant now) {
    boolean isFollowed = budgets.follow(source, extent.left().share(2), now);
    PullSource.Outcome outcome = pull.pull(source, extent, now);
    telling.run(source, extent.left(), now);
    if (!isFollowed && outcome.error().isEmpty()) {
      pulls.soon(source, now.plus(SourceSettings.SHORTEST_PAUSE));
    }
    return outcome;
  }
}
