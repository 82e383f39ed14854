package dev.stipend.migration.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.database.OtherPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pack that needs pgvector, on a server that has it, and its variant.
class GoalsTrackerTest {
  private static final String PACK = "goals-tracker";
  private static int databases;
  private static OtherPostgres server;

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeAll
  static void start() {
    server = OtherPostgres.withVector();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void aDatabase() {
    databases++;
    migrations = new TestMigrations(server.newDatabase("goals_" + databases), directory);
  }

  private void succeeds(String schema, String verb, String... more) {
    MigrationReport report = migrations.pack(PACK, schema, verb, more);
    assertThat(report.exitCode()).as(report.message()).isZero();
  }

  private List<String> tables(String schema) {
    return migrations.database.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = '%s' ORDER BY 1".formatted(schema));
  }

  @Test
  void anExtensionThatOnlyTheDatabaseLacksIsNamedWithItsCommand() {
    MigrationReport refused = migrations.pack(PACK, "own", "deploy");
    assertThat(refused.exitCode()).isEqualTo(38);
    assertThat(refused.message()).contains("CREATE EXTENSION vector;");
    assertThat(tables("own")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "own"})
  void whatIsNearIsFound(String schema) {
    migrations.database.execute("CREATE EXTENSION vector SCHEMA public");
    succeeds(schema, "deploy");
    succeeds(schema, "verify");
    migrations.database.execute(
        """
        SET search_path = %s, public;
        INSERT INTO embeddings (id, entity_type, entity_id, content, embedding)
        SELECT n, 'goal', n, 'goal ' || n, CAST(array_fill(n, ARRAY[1535]) || 1 AS vector)
        FROM generate_series(0, 3) AS n
        """
            .formatted(schema));
    assertThat(
            migrations.database.value(
                """
                SELECT id FROM %s.embeddings
                ORDER BY embedding OPERATOR(public.<=>) CAST(array_fill(0, ARRAY[1535]) || 1 AS public.vector)
                LIMIT 1
                """
                    .formatted(schema)))
        .isEqualTo("0");
    assertThatThrownBy(
            () ->
                migrations.database.execute(
                    """
                    INSERT INTO %s.embeddings (id, entity_type, entity_id, content, embedding)
                    VALUES ('x', 'goal', 'x', 'short', '[1,2,3]')
                    """
                        .formatted(schema)))
        .hasMessageContaining("1536");
    succeeds(schema, "downgrade", "target=base");
    assertThat(tables(schema)).isEmpty();
    succeeds(schema, "deploy");
  }

  @Test
  void usersMayMoveToAnotherServiceAndGoalsStay() {
    migrations.database.execute("CREATE EXTENSION vector");
    succeeds("own", "deploy");
    migrations.database.execute(
        """
        INSERT INTO own.users (id, email, username, hashed_password)
        VALUES ('u1', 'ada@example.com', 'ada', 'x');
        INSERT INTO own.goals (id, user_id, title) VALUES ('g1', 'u1', 'Learn')
        """);
    succeeds("own", "upgrade", "variant=external");
    assertThat(tables("own")).contains("goals").doesNotContain("users", "courses");
    assertThat(migrations.database.rows("SELECT id, user_id FROM own.goals"))
        .containsExactly("g1|u1");
    for (String verb : List.of("status", "verify", "deploy")) {
      succeeds("own", verb);
    }
  }

  @Test
  void goalsWithoutAUserKeepTheirsFromMoving() {
    migrations.database.execute("CREATE EXTENSION vector");
    succeeds("own", "deploy");
    migrations.database.execute("INSERT INTO own.goals (id, title) VALUES ('g1', 'Learn')");
    MigrationReport refused = migrations.pack(PACK, "own", "upgrade", "variant=external");
    assertThat(refused.exitCode()).isEqualTo(11);
    assertThat(refused.message()).contains("user_id");
    assertThat(tables("own")).contains("users", "courses");
  }

  @Test
  void usersMayBeElsewhereFromTheStart() {
    migrations.database.execute("CREATE EXTENSION vector");
    succeeds("own", "deploy", "variant=external");
    assertThat(tables("own")).contains("goals", "embeddings").doesNotContain("users", "courses");
    for (String verb : List.of("status", "verify", "deploy")) {
      succeeds("own", verb);
    }
    MigrationReport asked = migrations.pack(PACK, "own", "downgrade", "target=-2");
    assertThat(asked.exitCode()).isEqualTo(3);
    String database = migrations.database.value("SELECT current_database()");
    succeeds("own", "downgrade", "target=-2", "confirm=" + database);
    succeeds("own", "deploy");
  }

  @Test
  void theWayBackFromAnotherServiceSaysThatUsersDoNotComeBack() {
    migrations.database.execute("CREATE EXTENSION vector");
    succeeds("own", "deploy");
    succeeds("own", "upgrade", "variant=external");
    MigrationReport asked = migrations.pack(PACK, "own", "downgrade");
    assertThat(asked.exitCode()).isEqualTo(3);
    String database = migrations.database.value("SELECT current_database()");
    assertThat(asked.message())
        .contains("tables users and courses", "without their rows", "--confirm " + database);
    assertThat(tables("own")).doesNotContain("users");
    succeeds("own", "downgrade", "confirm=" + database);
    assertThat(tables("own")).contains("users", "courses");
    succeeds("own", "deploy", "variant=default");
    succeeds("own", "status");
    assertThat(tables("own")).contains("users");
  }
}
