package dev.stipend.migration;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.lint.SqlText;
import dev.stipend.support.database.OtherPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same migrations on the oldest and the newest server that Stipend supports, each statement
/// watched by the server itself.
class ServersTest {
  private static final int DATABASE_COLUMN = 2;
  private static final int APPLICATION_COLUMN = 22;
  private static final int MESSAGE_COLUMN = 13;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {14, 18})
  void deployRunsWhatThePlanShowsAndAllOfItCanBeUndone(int version) throws Exception {
    try (OtherPostgres server = OtherPostgres.start(version)) {
      TestMigrations core = new TestMigrations(server.newDatabase("planned"), directory);
      core.database.execute("ALTER DATABASE planned SET log_statement = 'all'");
      List<String> planned =
          core.core("plan").plan().stream()
              .flatMap(migration -> migration.statements().stream())
              .map(statement -> plain(statement.sql()))
              .toList();
      assertThat(core.core("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
      assertThat(planned).hasSizeGreaterThan(50);
      await().untilAsserted(() -> assertThat(logged(server)).isEqualTo(planned));
      assertThat(core.core("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
      assertThat(core.core("downgrade", "target=base").isOk()).isTrue();
      assertThat(core.core("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
      assertThat(core.core("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
      assertThat(core.core("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
      assertThat(core.core("verify").isOk()).isTrue();
      assertThat(core.core("doctor").problems()).isEmpty();
    }
  }

  /// What migrations sent: neither Flyway's and our own looks at the catalog, nor what keeps the
  /// history.
  private static List<String> logged(OtherPostgres server) throws IOException {
    List<String> statements = new ArrayList<>();
    try (CsvReader<CsvRecord> log = CsvReader.builder().ofCsvRecord(server.log())) {
      log.stream()
          .filter(line -> line.getField(DATABASE_COLUMN).equals("planned"))
          .filter(line -> line.getField(APPLICATION_COLUMN).startsWith(Session.APPLICATION))
          .map(line -> line.getField(MESSAGE_COLUMN))
          .filter(message -> message.matches("(?s)(statement|execute [^:]+): .*"))
          .map(message -> plain(message.replaceFirst("^[^:]+: ", "").replace("$1", "?")))
          .filter(ServersTest::isOfAMigration)
          .forEach(statements::add);
    }
    return statements;
  }

  private static boolean isOfAMigration(String sql) {
    return Stream.of(
                "flyway_schema_history",
                "migration_fingerprint",
                "INTO stipend.migration_runs",
                "UPDATE stipend.migration_runs",
                "pg_catalog",
                "CREATE SCHEMA")
            .noneMatch(sql::contains)
        && sql.matches("(?is)(CREATE|ALTER|DROP|INSERT|UPDATE|DELETE|SELECT stipend\\.).*");
  }

  private static String plain(String sql) {
    return SqlText.plain(sql);
  }
}
