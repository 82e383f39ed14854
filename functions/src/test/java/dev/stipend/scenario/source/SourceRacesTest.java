package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.source.PullSource;
import dev.stipend.usecase.source.PullSource.Extent;
import dev.stipend.usecase.source.PullSource.Outcome;
import dev.stipend.usecase.source.PullSources;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Sources that are read by several at once, that die while they are read, or are large.
@ExtendWith(StipendExtension.class)
class SourceRacesTest {
  private static final Instant NOW = SettableClock.START;

  private final Stipend stipend;
  private WatchedHost host;

  SourceRacesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    host = new WatchedHost(stipend);
  }

  private String connected(String more) {
    Answer made = host.connect("app", more);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private String spend() {
    return stipend.database.value(
        "SELECT trim_scale(coalesce(sum(cost), 0)) FROM stipend.usage_logs");
  }

  private void sweepLater(Duration later) {
    stipend.clock.tick(later);
    stipend.sweep();
  }

  @Test
  void aPullThatDiesAnywhereGoesOnAndCountsNothingTwice() {
    host.backlog(NOW.minus(Duration.ofHours(1)), 2500);
    String id = connected("");
    PullSources pulling = stipend.context.getBean(PullSources.class);
    SpendSource source = found(id);
    AtomicInteger pages = new AtomicInteger();
    Extent dying =
        new Extent(
            1000,
            TimeLeft.UNLIMITED,
            page -> {
              if (page.cursor().equals("backfill") && pages.incrementAndGet() == 2) {
                throw new IllegalStateException("killed");
              }
            });
    assertThat(pulling.pullNow(source, dying, NOW).orElseThrow().error()).contains("killed");
    assertThat(spend()).isEqualTo("2");

    Extent whole = new Extent(1000, TimeLeft.UNLIMITED, page -> {});
    assertThat(pulling.pullNow(source, whole, NOW).orElseThrow().recorded()).isEqualTo(500);
    assertThat(spend()).isEqualTo("2.5");
  }

  private SpendSource found(String id) {
    UUID workspace =
        UUID.fromString(stipend.database.value("SELECT workspace_id FROM stipend.spend_sources"));
    return stipend
        .context
        .getBean(SourceRepository.class)
        .find(workspace, UUID.fromString(id))
        .orElseThrow();
  }

  @Test
  void sweepsAtTheSameTimeCountEachRowOnce() throws Exception {
    host.backlog(NOW, 5000);
    String id = connected("");
    PullSource pull = stipend.context.getBean(PullSource.class);
    SpendSource source = found(id);
    Callable<Outcome> without =
        () -> pull.pull(source, new Extent(500, TimeLeft.UNLIMITED, page -> {}), NOW);
    // As after a lease that ran out while its holder was still at work.
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (Future<Outcome> outcome : both.invokeAll(List.of(without, without))) {
        assertThat(outcome.get().error()).isEmpty();
      }
    }
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("5");
    assertThat(stipend.api("GET", "/api/sources/" + id, "").text("recorded")).isEqualTo("5000");
  }

  @Test
  void twoStacksOnOneTableSeeAllRowsEach() {
    Map<String, Object> settings = new HashMap<>(stipend.settings());
    settings.put("database.url", TestServers.newDatabase());
    settings.put("host.db.url", host.readerUrl());
    host.call(NOW, "ana", "0.5");
    connected("");
    try (Stipend other = new Stipend(String.valueOf(settings.get("database.url")), settings)) {
      other.api("POST", "/api/sources", WatchedHost.body("app", ""));
      other.sweep();
      stipend.sweep();
      assertThat(other.database.value("SELECT trim_scale(sum(cost)) FROM stipend.usage_logs"))
          .isEqualTo("0.5");
    }
    assertThat(spend()).isEqualTo("0.5");
  }

  @Test
  void noSweepReadsALargeTableFromItsStart() {
    host.backlog(NOW.minus(Duration.ofDays(60)), 100_000);
    host.database.execute("ANALYZE calls");
    connected(", \"from\": \"now\"");
    stipend.sweep();
    String scans = scans();
    for (int i = 0; i < 3; i++) {
      host.call(NOW.plusSeconds(i), "ana", "1");
      sweepLater(Duration.ofDays(1));
    }
    assertThat(spend()).isEqualTo("3");
    assertThat(scans()).isEqualTo(scans);
  }

  private String scans() {
    host.database.execute("SELECT pg_stat_clear_snapshot()");
    return host.database.value("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'calls'");
  }

  @Test
  void aSourceThatIsReadWithEachSweepIsReadOnceBySweep() {
    host.call(stipend.clock.instant(), "ana", "1");
    host.connect("app", ",\"everySeconds\":0");
    PullSources pulling = stipend.context.getBean(PullSources.class);
    for (int sweep = 0; sweep < 2; sweep++) {
      stipend.clock.tick(Duration.ofMinutes(1));
      assertThat(pulling.run(stipend.clock.instant()).sources()).isEqualTo(1);
    }
  }
}
