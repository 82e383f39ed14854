package dev.stipend.migration.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files with each syntax that could be split in the wrong place. `NAME.txt` has what `NAME.sql`
/// must be split into; psql, which splits files by PostgreSQL's own rules, must see the same.
class CorpusTest {
  private static final Path CORPUS = Path.of("src", "test", "resources", "migration", "corpus");
  private static final Path PSQL = Path.of("/usr/bin/psql");
  private static final Pattern QUERY =
      Pattern.compile("(?ms)^/?\\*+ QUERY \\*+/?\\n(.*?)\\n/?\\*{20,}/?\\n");

  @TempDir Path directory;

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".sql"))
          .map(name -> name.replace(".sql", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFileIsSplitAsExpected(String name) throws IOException {
    String split =
        ScriptReader.read(name, text(name)).statements().stream()
            .map(CorpusTest::shown)
            .collect(Collectors.joining());
    assertThat(split).isEqualTo(Files.readString(CORPUS.resolve(name + ".txt")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMarkOfByteOrderAndTheLinesOfWindowsChangeNothing(String name) throws IOException {
    String windows = "\uFEFF" + text(name).replace("\n", "\r\n");
    String split =
        ScriptReader.read(name, windows).statements().stream()
            .map(CorpusTest::shown)
            .collect(Collectors.joining());
    assertThat(split.replace("\r\n", "\n"))
        .isEqualTo(Files.readString(CORPUS.resolve(name + ".txt")));
  }

  private static String shown(Script.Statement statement) {
    return "== line %d%n%s%n%s"
        .formatted(
            statement.line(),
            statement.sql(),
            statement.data().map("-- data%n%s"::formatted).orElse(""));
  }

  @ParameterizedTest
  @MethodSource("names")
  void psqlSplitsItTheSameWay(String name) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PSQL), "psql is not installed");
    Path log = directory.resolve("queries.log");
    Path out = directory.resolve("out.log");
    Process process =
        new ProcessBuilder(
                PSQL.toString(),
                TestServers.newDatabase(),
                "-X",
                "-v",
                "ON_ERROR_STOP=1",
                "-L",
                log.toString(),
                "-f",
                CORPUS.resolve(name + ".sql").toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    List<String> queries =
        QUERY
            .matcher(Files.readString(log))
            .results()
            .map(found -> withoutComments(found.group(1)))
            .filter(query -> !query.isEmpty())
            .toList();
    assertThat(
            ScriptReader.read(name, text(name)).statements().stream()
                .map(statement -> withoutComments(statement.sql())))
        .containsExactlyElementsOf(queries);
  }

  /// psql leaves out some comments, and others it does not.
  private static String withoutComments(String sql) {
    StringBuilder rest = new StringBuilder();
    for (int at = 0; at < sql.length(); ) {
      SqlLexer.Token token = SqlLexer.at(sql, at);
      boolean said = token.kind() != SqlLexer.Kind.COMMENT && token.kind() != SqlLexer.Kind.BLANK;
      rest.append(said ? token.of(sql) : " ");
      at = token.to();
    }
    return rest.toString().replaceAll("\\s+", " ").replaceAll(" ?;$", "").strip();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itRunsAsAMigration(String name) throws IOException {
    TestMigrations migrations = new TestMigrations(TestServers.newDatabase(), directory);
    migrations.file("V1__" + name + ".sql", text(name));
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).as(report.message()).isZero();
  }

  private static String text(String name) throws IOException {
    return Files.readString(CORPUS.resolve(name + ".sql"));
  }
}
