package dev.stipend.migration.operations;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator reads of tables and indexes, on the oldest, the usual and the newest server.
class OperationsTest {
  @TempDir Path directory;

  @AfterAll
  static void stopServers() throws IOException {
    Shop.stopServers();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void tablesHaveTheirSizesRowsAndVacuum(int version) {
    TestMigrations migrations = Shop.deployed(version, directory);
    migrations.database.execute(
        """
        INSERT INTO app.items (id, kind, data)
        SELECT n, n, jsonb_build_object('text', repeat(md5(CAST(n AS text)), 10)) FROM generate_series(1, 1000) n
        """);
    await()
        .untilAsserted(
            () ->
                assertThat(Shop.operations(migrations.run("report")).tables().note())
                    .hasValueSatisfying(
                        note -> assertThat(note).contains("never analyzed, such as items")));
    migrations.database.execute("DELETE FROM app.items WHERE id <= 400");
    migrations.database.execute("ANALYZE app.items");
    await()
        .untilAsserted(
            () -> {
              TableSizes.Line items = Shop.items(Shop.operations(migrations.run("report")));
              assertThat(items.estimatedRows()).isEqualTo(600);
              assertThat(items.deadRows()).isEqualTo(400);
              assertThat(items.lastAnalyze()).isPresent();
              assertThat(items.lastVacuum()).isEmpty();
              assertThat(items.lastAutovacuum()).isEmpty();
            });
    OperationsReport report = Shop.operations(migrations.run("report"));
    TableSizes.Line items = Shop.items(report);
    assertThat(items.totalBytes())
        .isEqualTo(
            Long.parseLong(migrations.database.value("SELECT pg_total_relation_size('app.items')")))
        .isEqualTo(items.tableBytes() + items.indexBytes() + items.toastBytes());
    assertThat(items.indexBytes())
        .isEqualTo(
            Long.parseLong(migrations.database.value("SELECT pg_indexes_size('app.items')")));
    assertThat(items.sizeIsEstimated()).isFalse();
    assertThat(report.tables().rows().getFirst()).as("the largest first").isEqualTo(items);
    assertThat(report.server().version()).startsWith(version + ".");
    assertThat(report.server().at())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(report.server().connections()).isBetween(1L, report.server().mostConnections());
    migrations.database.execute("VACUUM app.items");
    await()
        .untilAsserted(
            () -> {
              TableSizes.Line clean = Shop.items(Shop.operations(migrations.run("report")));
              assertThat(clean.deadRows()).isZero();
              assertThat(clean.lastVacuum()).isPresent();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void jsonColumnsAreSampled(int version) {
    TestMigrations migrations = Shop.deployed(version, directory);
    migrations.database.execute(
        """
        INSERT INTO app.items (id, data)
        SELECT n, jsonb_build_object('text', repeat(md5(CAST(n AS text)), 30)) FROM generate_series(1, 20000) n
        """);
    long stored =
        Long.parseLong(
            migrations.database.value("SELECT sum(pg_column_size(data)) FROM app.items"));
    Section<JsonColumns.Line> columns = Shop.operations(migrations.run("report")).jsonColumns();
    assertThat(columns.rows())
        .filteredOn(line -> line.table().equals("items"))
        .extracting(JsonColumns.Line::column)
        .as("note is empty")
        .containsExactly("data");
    JsonColumns.Line data = columns.rows().getFirst();
    assertThat(data.column()).isEqualTo("data");
    assertThat(data.type()).isEqualTo("jsonb");
    assertThat(data.isSampled()).isTrue();
    assertThat(data.rowsSeen()).isBetween(1L, 19_999L);
    assertThat((double) data.estimatedBytes()).isBetween(stored * 0.5, stored * 1.5);
    assertThat(columns.note()).hasValueSatisfying(note -> assertThat(note).contains("200 blocks"));
    migrations.database.execute("DELETE FROM app.items WHERE id > 10");
    migrations.database.execute("VACUUM FULL app.items");
    JsonColumns.Line few =
        Shop.operations(migrations.run("report")).jsonColumns().rows().stream()
            .filter(line -> line.column().equals("data"))
            .findFirst()
            .orElseThrow();
    assertThat(few.isSampled()).isFalse();
    assertThat(few.estimatedBytes())
        .isEqualTo(
            Long.parseLong(
                migrations.database.value("SELECT sum(pg_column_size(data)) FROM app.items")));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void indexesThatAreUnusedMissingOrInvalidAreNamed(int version) throws SQLException {
    TestMigrations migrations = Shop.deployed(version, directory);
    OperationsReport first = Shop.operations(migrations.run("report"));
    assertThat(first.unusedIndexes().rows())
        .extracting(UnusedIndexes.Line::index)
        .containsExactly("items_kind");
    assertThat(first.foreignKeysWithoutIndex().rows())
        .extracting(
            UnindexedKeys.Line::name, UnindexedKeys.Line::columns, UnindexedKeys.Line::references)
        .containsExactly(tuple("items_shop_fkey", "shop", "app.shops"));
    assertThat(first.invalidIndexes().rows()).isEmpty();
    migrations.database.execute("SELECT pg_stat_reset()");
    migrations.database.execute("INSERT INTO app.items (id, kind) VALUES (1, 7), (2, 7)");
    migrations.database.execute("CREATE INDEX items_shop ON app.items (shop, kind)");
    try (Connection connection = migrations.database.connect()) {
      connection.createStatement().execute("SET enable_seqscan = off");
      connection.createStatement().execute("SELECT * FROM app.items WHERE kind = 7");
      assertThat(
              catchThrowable(
                  () ->
                      connection
                          .createStatement()
                          .execute(
                              "CREATE UNIQUE INDEX CONCURRENTLY items_one ON app.items (kind)")))
          .hasMessageContaining("could not create unique index");
    }
    await()
        .untilAsserted(
            () -> {
              OperationsReport then = Shop.operations(migrations.run("report"));
              assertThat(then.unusedIndexes().rows())
                  .extracting(UnusedIndexes.Line::index, UnusedIndexes.Line::supportsForeignKey)
                  .containsExactly(tuple("items_shop", true));
              assertThat(then.unusedIndexes().note())
                  .hasValueSatisfying(
                      note -> assertThat(note).contains("since statistics were reset at 20"));
              assertThat(then.foreignKeysWithoutIndex().rows()).isEmpty();
              assertThat(then.invalidIndexes().rows())
                  .extracting(BrokenIndexes.Line::index, BrokenIndexes.Line::mayBeInTheMaking)
                  .containsExactly(tuple("items_one", false));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void aRoleThatOnlyReadsIsToldWhatItMayNotSee(int version) throws Exception {
    TestMigrations migrations = Shop.deployed(version, directory);
    migrations.database.execute(
        "INSERT INTO app.items (id, data) VALUES (1, '{\"secret\":\"hunter2\"}')");
    try (Connection other = Shop.session(migrations, "another")) {
      assertThat(other.isValid(1)).isTrue();
      MigrationReport report = Shop.reader(migrations, directory).run("report");
      OperationsReport found = Shop.operations(report);
      assertThat(Shop.items(found).totalBytes()).isPositive();
      assertThat(found.jsonColumns().rows())
          .extracting(JsonColumns.Line::table)
          .doesNotContain("items");
      assertThat(found.jsonColumns().note())
          .hasValueSatisfying(note -> assertThat(note).contains("2 columns could not be read"));
      assertThat(found.applications().rows())
          .extracting(Applications.Line::application)
          .contains("another");
      assertThat(found.applications().note())
          .hasValueSatisfying(
              note -> assertThat(note).contains("GRANT pg_read_all_stats TO reader"));
      assertThat(report.toMap().toString()).doesNotContain("hunter2", "s3cret");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void eachSectionIsBoundedAndSaysHowManyThereAre(int version) {
    TestMigrations migrations = Shop.empty(version, directory).tables(25);
    OperationsReport before = Shop.operations(migrations.run("report"));
    assertThat(before.migrations().exitCode()).isEqualTo(10);
    assertThat(before.tables().rows()).isEmpty();
    MigrationReport pending = migrations.run("report");
    assertThat(pending.pending()).hasSize(25);
    assertThat(pending.message())
        .startsWith("25 migrations are pending; the schema is at no version");
    assertThat(migrations.run("deploy").message()).contains("25 migrations applied");
    MigrationReport report = migrations.run("report");
    OperationsReport found = Shop.operations(report);
    assertThat(found.tables().rows()).hasSize(Section.MOST);
    assertThat(found.tables().total()).isBetween(26L, 30L);
    assertThat(report.message())
        .startsWith("The schema is up to date at version 025. 25 tables, ")
        .endsWith(" Nothing else stands out.");
    for (Section<?> section : found.sections()) {
      assertThat(section.rows())
          .allSatisfy(row -> assertThat(row.cells()).hasSameSizeAs(section.heading().columns()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void stipendsOwnSchemaHasAReportToo(int version) {
    TestMigrations core = Shop.empty(version, directory);
    assertThat(core.core("deploy").isOk()).isTrue();
    MigrationReport report = core.core("report");
    OperationsReport found = Shop.operations(report);
    assertThat(found.foreignKeysWithoutIndex().rows())
        .as("the report and verify name the same")
        .extracting(
            key ->
                "foreign key %s of stipend.%s has no index that begins with its columns"
                    .formatted(key.name(), key.table()))
        .containsExactlyInAnyOrderElementsOf(
            core.core("verify").warnings().stream()
                .filter(warning -> warning.endsWith(" has no index that begins with its columns"))
                .toList());
    assertThat(found.invalidIndexes().rows()).isEmpty();
    assertThat(found.jsonColumns().total()).isPositive();
    assertThat(report.toMap()).containsEntry("operations", found.toMap());
    assertThat(found.toMap())
        .containsOnlyKeys(
            "server",
            "migrations",
            "tables",
            "jsonColumns",
            "unusedIndexes",
            "foreignKeysWithoutIndex",
            "invalidIndexes",
            "slowQueries",
            "blockedSessions",
            "longTransactions",
            "applications");
  }
}
