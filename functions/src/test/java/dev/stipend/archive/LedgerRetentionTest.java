package dev.stipend.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.stipend.json.ExactJson;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Months leave the ledger whole, verified and once, and no total changes.
@ExtendWith(StipendExtension.class)
class LedgerRetentionTest {
  private static final Instant JANUARY = Instant.parse("2026-01-10T12:00:00Z");
  private static final Instant FEBRUARY = Instant.parse("2026-02-05T12:00:00Z");
  private static final Instant JUNE = SettableClock.START;
  private static final String TRACKING =
      "SELECT * FROM stipend.cost_tracking ORDER BY bucket_start, user_id, model";
  private static final String COUNTERS =
      "SELECT budget_id, subject, period_start, spend, requests, unpriced FROM"
          + " stipend.budget_periods WHERE requests > 0 ORDER BY 1, 2, 3";
  private static final String LEDGER =
      "SELECT event_id FROM stipend.usage_logs ORDER BY occurred_at, event_id";
  private static final String ARCHIVES =
      "SELECT month, part, rows, costs ->> 'default', dropped_at IS NOT NULL FROM"
          + " stipend.usage_archives WHERE rows > 0 ORDER BY archived_at, month, part";

  @TempDir Path directory;
  private Stipend stipend;

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

  @Test
  void aMonthLeavesAndEveryTotalStays() {
    List<String> tracking = stipend.database.rows(TRACKING);
    List<String> counters = stipend.database.rows(COUNTERS);
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(stipend.database.rows(ARCHIVES))
        .containsExactly(
            date("2026-01-01") + "|1|2|3.500000000001|t", date("2026-02-01") + "|1|2|4.00|t");
    for (String verb : List.of("reconcile", "rebuild", "maintain")) {
      assertThat(stipend.maintain(verb)).containsEntry("differences", List.of());
      assertThat(stipend.database.rows(TRACKING)).isEqualTo(tracking);
      assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    }
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.unpriced_events"))
        .isEqualTo("0");
    assertThat(run(ArchiveFormat.JSONL)).isZero();
  }

  @Test
  void totalsThatSpanTheHorizonGoOnAndAreRepairedAsFarAsTheyAreKnown() {
    run(ArchiveFormat.JSONL);
    List<String> counters = stipend.database.rows(COUNTERS);
    stipend.database.execute(
        "UPDATE stipend.budget_periods SET spend = spend + 1 WHERE period_end >"
            + " '2026-03-01T00:00:00Z' AND subject IN ('u1', 'default') AND period_start <>"
            + " '2026-01-01T00:07:00Z'");
    assertThat(stipend.maintain("maintain").get("budgetPeriodDifferences")).isEqualTo(3);
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    stipend.record(Usage.costing("jun-2", JUNE, "16"));
    assertThat(
            stipend.database.rows(
                "SELECT DISTINCT spend FROM stipend.budget_periods WHERE subject = 'default'"))
        .containsExactly("31.500000000001");
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
  }

  @Test
  void aNewBudgetCountsWhatIsKnownOfTheTimeBeforeTheHorizon() {
    run(ArchiveFormat.JSONL);
    stipend.database.execute("DELETE FROM stipend.budget_periods");
    budget("total", "\"user\",\"scopeId\":\"u1\"", ",\"startsAt\":\"2026-01-01T00:00:00Z\"");
    budget("yearly", "\"tag\",\"scopeId\":\"team=red\"", "");
    assertThat(
            stipend.database.rows("SELECT subject, spend FROM stipend.budget_periods ORDER BY 1"))
        .containsExactly("team=red|8.000000000000", "u1|15.500000000001");
  }

  @Test
  void theArchiveHoldsTheLedgerLineByLine() throws IOException {
    run(ArchiveFormat.JSONL);
    List<String> lines = unzipped("usage-2026-01.jsonl.gz").lines().toList();
    assertThat(lines).hasSize(2);
    String line = lines.stream().filter(each -> each.contains("jan-2")).findFirst().orElseThrow();
    assertThat(ExactJson.parse(line))
        .hasToString(
            "{workspace=default, eventId=jan-2, occurredAt=2026-01-10T11:45:00.000000Z,"
                + " recordedAt=2026-01-10T12:00:00.000000Z, kind=usage, userId=u1,"
                + " agentId=a \"quoted\", comma\\ é, provider=openai, model=gpt-4o,"
                + " cost=2.5, currency=USD, tags={odd=\\, team=red}}");
    assertThat(manifest("usage-2026-01.manifest.json"))
        .containsEntry("formatVersion", 1)
        .containsEntry("month", "2026-01")
        .containsEntry("rows", 2)
        .containsEntry("costs", Map.of("default", "3.500000000001"))
        .containsKeys("sha256", "archivedAt", "location");
  }

  @Test
  void theArchiveMayBeCsv() throws IOException {
    run(ArchiveFormat.CSV);
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder().ofNamedCsvRecord(unzipped("usage-2026-01.csv.gz"))) {
      List<NamedCsvRecord> rows = records.stream().toList();
      assertThat(rows)
          .extracting(row -> row.getField("eventId") + " " + row.getField("cost"))
          .containsExactlyInAnyOrder("jan-1 1.000000000001", "jan-2 2.5");
      assertThat(rows)
          .filteredOn(row -> row.getField("eventId").equals("jan-2"))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.getField("agentId")).isEqualTo("a \"quoted\", comma\\ é");
                assertThat(ExactJson.parse(row.getField("tags")))
                    .isEqualTo(Map.of("team", "red", "odd", "\\"));
              });
    }
  }

  @Test
  void withoutRetentionNothingLeaves() {
    assertThat(stipend.maintain("maintain")).containsEntry("monthsDropped", 0);
    assertThat(stipend.database.rows(LEDGER)).hasSize(5);
  }

  @Test
  void monthsMayLeaveWithoutAnArchiveWhenThatIsSaid() {
    retention(new FileArchiveStore())
        .run(new Retention(3, Optional.empty(), ArchiveFormat.JSONL), JUNE);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(directory).isEmptyDirectory();
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
  }

  @Test
  void theMonthsWithinTheRetentionStay() {
    retention(new FileArchiveStore())
        .run(new Retention(4, Optional.of(directory.toUri()), ArchiveFormat.JSONL), JUNE);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("feb", "feb-unpriced", "jun");
  }

  @Test
  void aRunThatIsCutOffWhereverItMayGoesOnTheNextTime() {
    List<String> counters = stipend.database.rows(COUNTERS);
    int cut = 0;
    boolean over = false;
    while (!over) {
      FaultyStore store = new FaultyStore(cut);
      try {
        retention(store).run(everything(ArchiveFormat.JSONL), JUNE);
        over = true;
      } catch (RuntimeException interrupted) {
        cut++;
        assertThat(interrupted)
            .satisfiesAnyOf(
                cause -> assertThat(cause).hasStackTraceContaining("cut off"),
                cause -> assertThat(cause).hasMessageContaining("cannot be relied on"));
        assertThat(stipend.maintain("reconcile")).containsEntry("differences", List.of());
      }
    }
    assertThat(cut).isGreaterThan(4);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(counters);
    assertThat(stipend.database.rows(ARCHIVES)).hasSize(2);
  }

  @Test
  void nothingIsDroppedWhenTheFileIsNotWhatWasWritten() {
    for (Damage damage : Damage.values()) {
      LedgerRetention retention = retention(new DamagingStore(damage));
      assertThatThrownBy(() -> retention.run(everything(ArchiveFormat.JSONL), JUNE))
          .as(damage.name())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be relied on");
      assertThat(stipend.database.rows(LEDGER)).hasSize(5);
      assertThat(stipend.database.rows(ARCHIVES)).isEmpty();
    }
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
  }

  @Test
  void aMonthThatChangedSinceItWasArchivedIsArchivedAnew() {
    LedgerRetention interrupted =
        retention(
            new FileArchiveStore() {
              @Override
              public InputStream read(URI at) throws IOException {
                if (at.getPath().contains("2026-01.")) {
                  late("late-1", "32");
                }
                return super.read(at);
              }
            });
    assertThatThrownBy(() -> interrupted.run(everything(ArchiveFormat.JSONL), JUNE))
        .hasMessageContaining("the month changed since");
    assertThat(stipend.database.rows(LEDGER)).contains("jan-1", "late-1");
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(ARCHIVES).getFirst())
        .isEqualTo(date("2026-01-01") + "|1|3|35.500000000001|t");
  }

  @Test
  void rowsThatComeAfterTheirMonthHasLeftAreAFurtherPart() {
    run(ArchiveFormat.JSONL);
    late("late-1", "32");
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
    run(ArchiveFormat.JSONL);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(stipend.database.rows(ARCHIVES))
        .contains(date("2026-01-01") + "|2|1|32.00|t")
        .hasSize(3);
    assertThat(directory.resolve("usage-2026-01-2.jsonl.gz")).exists();
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
  }

  private enum Damage {
    CUT,
    CHANGED,
    GONE,
    LONGER
  }

  /// Damages a file between its writing and its reading.
  private static final class DamagingStore extends FileArchiveStore {
    private final Damage damage;

    DamagingStore(Damage damage) {
      this.damage = damage;
    }

    @Override
    public InputStream read(URI at) throws IOException {
      Path file = Path.of(at);
      byte[] bytes = Files.readAllBytes(file);
      switch (damage) {
        case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));
        case CHANGED -> {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
        case GONE -> Files.delete(file);
        case LONGER -> Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
      }
      return super.read(at);
    }
  }

  /// Fails at its nth step: before, amid and after a writing, and at a reading.
  private static final class FaultyStore implements ArchiveStore {
    private final ArchiveStore files = new FileArchiveStore();
    private int left;

    FaultyStore(int left) {
      this.left = left;
    }

    @Override
    public String scheme() {
      return "file";
    }

    @Override
    public void write(URI at, Content content) throws IOException {
      step();
      files.write(
          at,
          out -> {
            content.writeTo(out);
            step();
          });
      step();
    }

    @Override
    public InputStream read(URI at) throws IOException {
      step();
      return files.read(at);
    }

    private void step() throws IOException {
      if (left-- == 0) {
        throw new IOException("cut off");
      }
    }
  }

  private int run(ArchiveFormat format) {
    return retention(new FileArchiveStore()).run(everything(format), JUNE);
  }

  private Retention everything(ArchiveFormat format) {
    return new Retention(3, Optional.of(directory.toUri()), format);
  }

  private LedgerRetention retention(ArchiveStore store) {
    LedgerMonths months = stipend.context.getBean(LedgerMonths.class);
    return new LedgerRetention(
        new RetentionSettings("", "", "", List.of(store)),
        months,
        new MonthArchive(months, stipend.context.getBean(JsonMapper.class), List.of(store)),
        stipend.context.getBean(ArchiveLog.class),
        stipend.context.getBean(MonthDrop.class));
  }

  private void recordAt(Instant now, String... events) {
    stipend.clock.set(now);
    stipend.maintain("maintain");
    assertThat(stipend.record(events)).isEmpty();
  }

  /// Records in January what is told only now.
  private void late(String id, String cost) {
    stipend.clock.set(JANUARY);
    assertThat(stipend.record(Usage.costing(id, JANUARY, cost))).isEmpty();
    stipend.clock.set(JUNE);
  }

  private void budget(String period, String scope, String more) {
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

  private String date(String iso) {
    return stipend.database.value("SELECT CAST('" + iso + "' AS date)");
  }

  private String unzipped(String name) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(name)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> manifest(String name) throws IOException {
    return stipend
        .context
        .getBean(JsonMapper.class)
        .readValue(Files.readAllBytes(directory.resolve(name)), Map.class);
  }
}
