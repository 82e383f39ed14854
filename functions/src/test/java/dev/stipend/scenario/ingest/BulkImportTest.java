package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportReport;
import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files of usage of any age, recorded exactly once whatever happens to the import.
@ExtendWith(StipendExtension.class)
class BulkImportTest {
  private static final Instant START = SettableClock.START;
  private static final String HEADER =
      "event_id,occurred_at,user_id,agent_id,provider,model,input_tokens,output_tokens,cost,tag.env\n";
  private static final String LEDGER =
      "SELECT count(*), coalesce(sum(cost), 0), sum(input_tokens) FROM stipend.usage_logs";

  @TempDir Path folder;

  @BeforeEach
  void forgetImports(Stipend stipend) {
    stipend.database.execute("TRUNCATE stipend.usage_imports");
  }

  @Test
  void rowsOfTwoYearsAreInTheLedgerTheRollupAndEveryPeriod(Stipend stipend) throws IOException {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"All","limitAmount":"100000","period":"total","startsAt":"2024-01-01T00:00:00Z","scope":"workspace"}\
        """);
    ImportReport report = run(stipend, csv("two-years.csv", 25_000));
    assertThat(report.counts()).isEqualTo(new ImportCounts(25_000, 25_000, 0, 0, 0));
    assertThat(report.rejections()).isEmpty();
    assertThat(stipend.database.value(LEDGER)).isEqualTo("25000|3125.125000000000|312512500");
    assertThat(stipend.database.value("SELECT sum(cost), sum(requests) FROM stipend.cost_tracking"))
        .isEqualTo("3125.125000000000|25000");
    assertThat(stipend.database.value("SELECT spend, requests FROM stipend.budget_periods"))
        .isEqualTo("3125.125000000000|25000");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs_default"))
        .isEqualTo("0");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
  }

  @Test
  void theSameFileAgainDoesNothing(Stipend stipend) throws IOException {
    Path file = csv("again.csv", 500);
    run(stipend, file);
    Path copy = Files.copy(file, folder.resolve("a-copy.csv"));
    ImportReport again = run(stipend, copy);
    assertThat(again.rowsBefore()).isEqualTo(500);
    assertThat(again.finishedBefore()).contains(START);
    assertThat(again.counts()).isEqualTo(new ImportCounts(500, 500, 0, 0, 0));
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("500");
  }

  @Test
  void anImportThatIsStoppedGoesOnWhereItWas(Stipend stipend) throws IOException {
    Path file = folder.resolve("stopped.csv");
    Files.writeString(
        file, HEADER + wrong(1) + rows(2, 12_000) + wrong(12_001) + rows(12_002, 25_000));
    AtomicInteger chunks = new AtomicInteger();
    assertThatThrownBy(
            () ->
                imports(stipend)
                    .run(
                        workspace(stipend),
                        file,
                        Map.of(),
                        (counts, read, bytes) -> {
                          if (chunks.incrementAndGet() == 2) {
                            throw new IllegalStateException("killed");
                          }
                        }))
        .hasMessage("killed");
    String done = stipend.database.value("SELECT rows_done FROM stipend.usage_imports");
    ImportReport report = run(stipend, file);
    assertThat(report.rowsBefore()).isEqualTo(Long.parseLong(done)).isBetween(20_000L, 24_999L);
    assertThat(report.counts()).isEqualTo(new ImportCounts(25_000, 24_998, 0, 0, 2));
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs"))
        .isEqualTo("24998");
    assertThat(Files.readAllLines(folder.resolve("stopped.rejected.csv")))
        .extracting(line -> line.split(",", 2)[0])
        .containsExactly("row", "1", "12001");
  }

  @Test
  void whatIsWrongIsRejectedWithItsReasonAndTheRestIsRecorded(Stipend stipend) throws IOException {
    Path file = folder.resolve("wrong.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write((HEADER + rows(1, 3)).getBytes(StandardCharsets.UTF_8));
      out.write("no-time,,u,a,p,m,1,1,1,\n".getBytes(StandardCharsets.UTF_8));
      out.write(
          "comma,2025-01-01T00:00:00Z,u,a,p,m,1,1,\"12,5\",\n".getBytes(StandardCharsets.UTF_8));
      out.write("negative,2025-01-01T00:00:00Z,u,a,p,m,-1,1,1,\n".getBytes(StandardCharsets.UTF_8));
      out.write("nan,2025-01-01T00:00:00Z,u,a,p,m,1,1,NaN,\n".getBytes(StandardCharsets.UTF_8));
      out.write("future,2199-01-01T00:00:00Z,u,a,p,m,1,1,1,\n".getBytes(StandardCharsets.UTF_8));
      out.write("short,2025-01-01T00:00:00Z\n".getBytes(StandardCharsets.UTF_8));
      out.write("fine,2025-01-01 00:00:00,".getBytes(StandardCharsets.UTF_8));
      out.write(new byte[] {(byte) 0xC3, (byte) 0x28});
      out.write(",a,p,m,1,1,1,\n".getBytes(StandardCharsets.UTF_8));
    }
    ImportReport report = run(stipend, file);
    assertThat(report.counts()).isEqualTo(new ImportCounts(10, 3, 0, 0, 7));
    List<String> rejected = Files.readAllLines(report.rejections().orElseThrow());
    assertThat(rejected.getFirst()).startsWith("row,reason,event_id,occurred_at,user_id");
    assertThat(rejected.get(1)).startsWith("4,occurred_at is empty,no-time");
    assertThat(rejected.get(2)).startsWith("5,cost is not a decimal number");
    assertThat(rejected.get(3)).contains("input_tokens \"\"-1\"\" is not a whole number from 0");
    assertThat(rejected.get(4)).startsWith("7,cost is not a decimal number");
    assertThat(rejected.get(5)).startsWith("8,occurredAt is more than 5 minutes in the future");
    assertThat(rejected.get(6)).startsWith("9,2 cells where the header has 10");
    assertThat(rejected.get(7)).startsWith("10,user_id holds bytes that are not UTF-8");
  }

  @Test
  void anEventThatTheLivePathRecordedIsADuplicate(Stipend stipend) throws IOException {
    stipend.record(Usage.costing("e1", START, "0.5"));
    Path file =
        write(
            "live.csv",
            "event_id,occurred_at,user_id,agent_id,provider,model,cost\n"
                + "e1,%s,u1,a1,openai,gpt-4o,0.5\n".formatted(START)
                + "e1,%s,u1,a1,openai,gpt-4o,0.7\n".formatted(START));
    assertThat(run(stipend, file).counts()).isEqualTo(new ImportCounts(2, 0, 0, 1, 1));
    assertThat(stipend.record(Usage.costing("e1", START, "0.5"))).isEmpty();
    assertThat(stipend.database.value("SELECT count(*), sum(cost) FROM stipend.usage_logs"))
        .isEqualTo("1|0.500000000000");
  }

  @Test
  void anOldEventInTwoFilesCountsOnceAndOtherContentIsAConflict(Stipend stipend)
      throws IOException {
    run(stipend, write("one.csv", HEADER + rows(1, 10)));
    Path two =
        write("two.csv", HEADER + rows(5, 15) + rows(1, 1).replace("agent-1,", "someone-else,"));
    assertThat(run(stipend, two).counts()).isEqualTo(new ImportCounts(12, 5, 0, 10 - 4, 1));
    assertThat(Files.readString(folder.resolve("two.rejected.csv")))
        .contains("already recorded with different content (conflict)");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("15");
  }

  @Test
  void jsonLinesInAnyFormAreRecorded(Stipend stipend) throws IOException {
    Path file = folder.resolve("forms.jsonl.gz");
    String lines =
        Usage.costing("native", START.minus(Duration.ofDays(400)), "1")
            + "\n\n["
            + Usage.costing("a", START, "2")
            + ","
            + Usage.costing("b", START, "3")
            + "]\n{\"specversion\":\"1.0\",\"id\":\"c\",\"source\":\"s\",\"type\":\"t\",\"data\":"
            + Usage.costing("ignored", START, "4")
            + "}\n{broken\n";
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    ImportReport report = run(stipend, file);
    assertThat(report.counts()).isEqualTo(new ImportCounts(4, 4, 0, 0, 1));
    assertThat(stipend.database.value("SELECT sum(cost) FROM stipend.usage_logs"))
        .isEqualTo("10.000000000000");
    assertThat(Files.readString(report.rejections().orElseThrow())).contains("{broken");
  }

  @Test
  void aFileThatTellsNeitherModelsNorCostsIsRefusedBeforeItsFirstRow(Stipend stipend)
      throws IOException {
    Path file = write("code.csv", "TIMESTAMP,ContextTokens\n2026-06-15 11:00:00,5\n");
    assertThatThrownBy(() -> run(stipend, file)).hasMessageContaining("--assume model=NAME");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_imports")).isEqualTo("0");
    ImportReport named =
        imports(stipend)
            .run(
                workspace(stipend),
                file,
                Map.of("provider", "openai", "model", "gpt-4o"),
                (counts, read, bytes) -> {});
    assertThat(named.counts()).isEqualTo(new ImportCounts(1, 1, 0, 0, 0));
  }

  @Test
  void aRowThatNothingCouldPriceIsRejectedWithTheFix(Stipend stipend) throws IOException {
    Path csv =
        write(
            "mixed.csv",
            """
            occurred_at,model,input_tokens,cost
            2026-01-01T00:00:00Z,gpt-4o,1,
            2026-01-01T00:00:00Z,,1,0.5
            2026-01-01T00:00:00Z,,1,
            """);
    assertThat(run(stipend, csv).counts()).isEqualTo(new ImportCounts(3, 2, 0, 0, 1));
    assertThat(Files.readString(folder.resolve("mixed.rejected.csv")))
        .contains("3,\"has neither a model nor a cost", "--assume model=NAME");
    Path lines =
        write(
            "mixed.jsonl",
            "{\"eventId\":\"e1\",\"occurredAt\":\"2026-01-01T00:00:00Z\",\"inputTokens\":1}\n");
    assertThat(run(stipend, lines).counts()).isEqualTo(new ImportCounts(1, 0, 0, 0, 1));
  }

  @Test
  void aDryRunSaysWhatWouldBeAndWritesNothing(Stipend stipend) throws IOException {
    run(stipend, csv("first.csv", 10));
    Path file = write("second.csv", HEADER + rows(5, 15) + wrong(16));
    List<String> before = stipend.database.rows("SELECT * FROM stipend.usage_imports");
    List<Long> rejected = new ArrayList<>();
    ImportReport report =
        imports(stipend)
            .tryOut(workspace(stipend), file, Map.of(), (reason, row) -> rejected.add(row));
    assertThat(report.counts()).isEqualTo(new ImportCounts(12, 5, 0, 6, 1));
    assertThat(rejected).containsExactly(12L);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("10");
    assertThat(stipend.database.rows("SELECT * FROM stipend.usage_imports")).isEqualTo(before);
    assertThat(folder.resolve("second.rejected.csv")).doesNotExist();
    assertThat(run(stipend, file).counts()).isEqualTo(report.counts());
  }

  @Test
  void unpricedRowsWaitForTheirPriceLikeAnyOther(Stipend stipend) throws IOException {
    Path file =
        write(
            "unpriced.csv",
            """
            occurred_at,provider,model,input_tokens
            2024-05-05T00:00:00Z,acme,brand-new,1000000
            """);
    assertThat(run(stipend, file).counts()).isEqualTo(new ImportCounts(1, 1, 1, 0, 0));
    stipend.api(
        "POST",
        "/api/prices",
        """
        {"provider":"acme","model":"brand-new","effectiveFrom":"2000-01-01T00:00:00Z","perMillion":{"input":"2","output":"4"}}\
        """);
    assertThat(stipend.database.value("SELECT sum(cost), sum(unpriced) FROM stipend.cost_tracking"))
        .isEqualTo("2.000000000000|0");
  }

  @Test
  void twoImportsOfOneFileAtOnceRecordItOnce(Stipend stipend) throws IOException {
    Path file = csv("raced.csv", 30_000);
    AtomicInteger refused = new AtomicInteger();
    Callable<?> running =
        () -> {
          try {
            return run(stipend, file);
          } catch (UnusableFileException somebodyElse) {
            assertThat(somebodyElse).hasMessageContaining("Another process is importing this file");
            return refused.incrementAndGet();
          }
        };
    Race.run(Collections.nCopies(3, running));
    assertThat(refused).hasValueLessThan(3);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs"))
        .isEqualTo("30000");
    assertThat(stipend.maintain("reconcile")).containsEntry("costTrackingDifferences", 0);
  }

  @Test
  void aMonthThatHasLeftTheLedgerTakesNothing(Stipend stipend) throws IOException {
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_archives (month, part, rows, costs, location, format, archived_at, dropped_at)
        VALUES ('2024-01-01', 1, 0, '{}', 'none', 'none', now(), now())
        """);
    try {
      Path file = write("archived.csv", HEADER + rows(1, 1) + rows(2_000, 2_000));
      assertThat(run(stipend, file).counts()).isEqualTo(new ImportCounts(2, 1, 0, 0, 1));
      assertThat(Files.readString(folder.resolve("archived.rejected.csv")))
          .contains("1,\"occurredAt is before 2024-02-01T00:00:00Z, in a month that was archived");
    } finally {
      stipend.database.execute("DELETE FROM stipend.usage_archives");
    }
  }

  @Test
  void aFileThatCannotBeUsedSaysWhy(Stipend stipend) throws IOException {
    Path image = write("usage.png", "x");
    Path unknown = write("unknown.csv", "when,who\n");
    Path empty = write("empty.csv", "");
    assertThatThrownBy(() -> run(stipend, image)).hasMessageContaining("must end with .csv");
    assertThatThrownBy(() -> run(stipend, unknown)).hasMessageContaining("column \"when\"");
    assertThatThrownBy(() -> run(stipend, empty)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> run(stipend, folder.resolve("none.csv")))
        .hasMessageContaining("There is no file");
  }

  private ImportReport run(Stipend stipend, Path file) {
    return imports(stipend).run(workspace(stipend), file, Map.of(), (counts, read, bytes) -> {});
  }

  private static ImportUsage imports(Stipend stipend) {
    return stipend.context.getBean(ImportUsage.class);
  }

  private static Workspace workspace(Stipend stipend) {
    return stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow();
  }

  private Path csv(String name, int rows) throws IOException {
    return write(name, HEADER + rows(1, rows));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /// Row n costs n / 100,000 and lies within the two years before 2026.
  private static String rows(int first, int last) {
    StringBuilder rows = new StringBuilder();
    Instant at = Instant.parse("2024-01-01T00:00:00Z");
    for (int n = first; n <= last; n++) {
      rows.append("row-").append(n).append(',');
      rows.append(at.plus(Duration.ofMinutes(40L * n))).append(',');
      rows.append("user-").append(n % 7).append(",agent-").append(n % 3);
      rows.append(",openai,gpt-4o,").append(n).append(",5,0.").append("%05d".formatted(n));
      rows.append(",prod\n");
    }
    return rows.toString();
  }

  private static String wrong(int n) {
    return "row-%d,yesterday,u,a,p,m,1,1,1,\n".formatted(n);
  }
}
