package dev.stipend.maintenance.archive;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.time.TimeLeft;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Months leave the ledger whole, verified and once, and no total changes.
@ExtendWith(StipendExtension.class)
class LedgerRetentionTest extends ThreeMonths {
  private static final String TRACKING =
      "SELECT * FROM stipend.cost_tracking ORDER BY bucket_start, user_id, model";

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
        .run(new Retention(3, Optional.empty(), ArchiveFormat.JSONL), JUNE, TimeLeft.UNLIMITED);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("jun");
    assertThat(directory).isEmptyDirectory();
    assertThat(stipend.maintain("maintain")).containsEntry("differences", List.of());
  }

  @Test
  void theMonthsWithinTheRetentionStay() {
    retention(new FileArchiveStore())
        .run(
            new Retention(4, Optional.of(directory.toUri()), ArchiveFormat.JSONL),
            JUNE,
            TimeLeft.UNLIMITED);
    assertThat(stipend.database.rows(LEDGER)).containsExactly("feb", "feb-unpriced", "jun");
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
