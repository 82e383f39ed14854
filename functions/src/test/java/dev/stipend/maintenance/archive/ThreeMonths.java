package dev.stipend.maintenance.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.maintenance.retention.Pruning;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.time.TimeLeft;
import io.micronaut.json.JsonMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A ledger of three months, and what takes months out of it.
@ExtendWith(StipendExtension.class)
abstract class ThreeMonths {
  static final Instant JANUARY = Instant.parse("2026-01-10T12:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-05T12:00:00Z");
  static final Instant JUNE = SettableClock.START;
  static final String COUNTERS =
      "SELECT budget_id, subject, period_start, spend, requests, unpriced FROM"
          + " stipend.budget_periods WHERE requests > 0 ORDER BY 1, 2, 3";
  static final String LEDGER =
      "SELECT event_id FROM stipend.usage_logs ORDER BY occurred_at, event_id";
  static final String ARCHIVES =
      "SELECT month, part, rows, costs ->> 'default', dropped_at IS NOT NULL FROM"
          + " stipend.usage_archives WHERE rows > 0 ORDER BY archived_at, month, part";

  @TempDir Path directory;
  Stipend stipend;

  @BeforeEach
  void recordInThreeMonths(Stipend given) {
    stipend = given;
    recordAt(
        JANUARY,
        Usage.costing("jan-1", JANUARY, "1.000000000001"),
        Usage.costing("jan-2", JANUARY.minusSeconds(900), "2.5")
            .replace("\"a1\"", "\"a \\\"quoted\\\", comma\\\\ é\"")
            .replace("}", ",\"tags\":{\"team\":\"red\",\"odd\":\"\\\\\"}}"));
    for (String period : List.of("monthly", "yearly")) {
      budget(period, "\"user\",\"scopeId\":\"*\"", "");
      budget(period, "\"tag\",\"scopeId\":\"team=*\"", "");
    }
    budget("total", "\"workspace\"", ",\"startsAt\":\"2026-01-01T00:00:00Z\"");
    budget("total", "\"workspace\"", ",\"startsAt\":\"2026-01-01T00:07:00Z\"");
    recordAt(
        FEBRUARY,
        Usage.costing("feb", FEBRUARY, "4").replace("}", ",\"tags\":{\"team\":\"red\"}}"),
        Usage.costing("feb-unpriced", FEBRUARY, "0")
            .replace("gpt-4o", "unheard-of")
            .replace(",\"cost\":\"0\"", ",\"inputTokens\":9"));
    recordAt(JUNE, Usage.costing("jun", JUNE, "8").replace("}", ",\"tags\":{\"team\":\"red\"}}"));
  }

  int run(ArchiveFormat format) {
    return retention(new FileArchiveStore()).run(everything(format), JUNE, TimeLeft.UNLIMITED);
  }

  Retention everything(ArchiveFormat format) {
    return new Retention(3, Optional.of(directory.toUri()), format);
  }

  LedgerRetention retention(ArchiveStore store) {
    MonthlyPartitions months = stipend.context.getBean(MonthlyPartitions.class);
    return new LedgerRetention(
        new RetentionSettings("", "", "", List.of(store)),
        months,
        new MonthArchive(months, stipend.context.getBean(JsonMapper.class), List.of(store)),
        stipend.context.getBean(ArchiveLog.class),
        stipend.context.getBean(MonthDrop.class),
        stipend.context.getBean(LedgerHorizon.class),
        stipend.context.getBean(Pruning.class));
  }

  private void recordAt(Instant now, String... events) {
    stipend.clock.set(now);
    stipend.maintain("maintain");
    assertThat(stipend.record(events)).isEmpty();
  }

  void budget(String period, String scope, String more) {
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/budgets",
                    "{\"name\":\"b\",\"limitAmount\":1000,\"period\":\"%s\",\"scope\":%s%s}"
                        .formatted(period, scope, more))
                .status())
        .isEqualTo(201);
  }

  String date(String iso) {
    return stipend.database.value("SELECT CAST('" + iso + "' AS date)");
  }
}
