package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportProgress;
import dev.stipend.ingest.bulk.ImportReport;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The files that rejected rows of imports go to.
@ExtendWith(StipendExtension.class)
class RejectedRowsTest {
  private static final String HEADER = "event_id,occurred_at,user_id,cost\n";
  private static final ImportProgress QUIET = (counts, read, bytes) -> {};

  @TempDir Path folder;

  @BeforeEach
  void forgetImports(Stipend stipend) {
    stipend.database.execute("TRUNCATE stipend.usage_imports");
  }

  @Test
  void rowsOfTooManyAndTooFewCellsAreKeptWhenTheImportGoesOn(Stipend stipend) throws IOException {
    Path file =
        write("cells.csv", HEADER + row(1, "u1,1,one,two") + "short\n" + rows(3, 10_001) + bad(2));
    assertThatThrownBy(
            () ->
                run(
                    stipend,
                    file,
                    (counts, read, bytes) -> {
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");

    ImportReport report = run(stipend, file, QUIET);

    assertThat(report.rowsBefore()).isEqualTo(10_000);
    assertThat(report.counts()).isEqualTo(new ImportCounts(10_002, 9_999, 0, 0, 3));
    List<String> rejected = Files.readAllLines(folder.resolve("cells.rejected.csv"));
    assertThat(rejected)
        .extracting(line -> line.split(",", 2)[0])
        .containsExactly("row", "1", "2", "10002");
    assertThat(rejected.get(1))
        .startsWith("1,6 cells where the header has 4,row-1,")
        .endsWith(",u1,1,one,two");
  }

  @Test
  void filesOfOneNameAndSeveralFormsHaveEachTheirOwn(Stipend stipend) throws IOException {
    run(stipend, write("a.csv", HEADER + bad(1)), QUIET);
    run(stipend, write("a.jsonl", "{broken\n"), QUIET);
    run(stipend, write("a.ndjson", "[broken\n"), QUIET);
    Path zipped = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write((HEADER + bad(2)).getBytes(StandardCharsets.UTF_8));
    }
    run(stipend, zipped, QUIET);

    assertThat(folder.resolve("a.rejected.csv")).content().contains("row-1,yesterday");
    assertThat(folder.resolve("a.jsonl.rejected.csv")).content().contains("{broken");
    assertThat(folder.resolve("a.ndjson.rejected.csv")).content().contains("[broken");
    assertThat(folder.resolve("a.csv.gz.rejected.csv")).content().contains("row-2,yesterday");
  }

  private static ImportReport run(Stipend stipend, Path file, ImportProgress progress) {
    Workspace workspace =
        stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow();
    return stipend.context.getBean(ImportUsage.class).run(workspace, file, Map.of(), progress);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String rows(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(n -> row(n, "u1,0.001"))
        .collect(Collectors.joining());
  }

  private static String row(int n, String rest) {
    return "row-%d,2026-01-01T00:00:00Z,%s\n".formatted(n, rest);
  }

  private static String bad(int n) {
    return "row-%d,yesterday,u1,1\n".formatted(n);
  }
}
