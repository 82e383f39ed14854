package dev.stipend.maintenance.pack;

import static dev.stipend.maintenance.pack.Watched.item;
import static dev.stipend.maintenance.pack.Watched.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The document's three scripts.
class ScriptsTest {
  private static final String SUMS =
      "SELECT period_type, sum(request_count), sum(total_cost) FROM agents.cost_tracking GROUP BY 1"
          + " ORDER BY 1";

  @TempDir Path directory;
  private Watched watched;

  @BeforeEach
  void aSystem() {
    watched = new Watched(directory);
  }

  @Test
  void legacyUsageBecomesRequestsAndCostsOnce() {
    watched.database.execute(
        """
        INSERT INTO agents.usage_logs (user_id, provider, model, action, input_tokens, output_tokens, cost, created_at)
        SELECT 1, CASE WHEN n % 7 > 0 THEN 'openai' END, 'm' || n % 3, CASE WHEN n % 2 = 0 THEN 'embed' END, n, 1,
          0.000000000001 * n, TIMESTAMPTZ '2025-12-29T00:00:00Z' + n * interval '10 minutes'
        FROM generate_series(1, 12000) n
        """);
    PackReport dry = watched.run(PackVerb.MIGRATE_LEGACY_DATA, true);
    assertThat(watched.database.value("SELECT count(*) FROM agents.ai_requests")).isEqualTo("0");
    PackReport report = watched.run(PackVerb.MIGRATE_LEGACY_DATA, false);
    assertThat(report.message()).isEqualTo("12000 rows migrated to ai_requests and cost_tracking.");
    assertThat(report.tasks().getFirst().done())
        .isEqualTo(dry.tasks().getFirst().done())
        .isEqualTo(12_000L);
    assertThat(
            watched.database.value(
                """
                SELECT count(*)
                FROM agents.usage_logs u
                JOIN agents.ai_requests r ON r.import_key = 'usage_logs:' || u.id
                WHERE r.user_id = u.user_id AND r.total_cost = u.cost AND r.input_tokens = u.input_tokens
                  AND r.model = u.model AND r.provider = coalesce(u.provider, 'unknown')
                  AND r.created_at = u.created_at AND r.status = 'completed'
                """))
        .isEqualTo("12000");
    String cost = watched.database.value("SELECT sum(cost) FROM agents.usage_logs");
    assertThat(watched.database.rows(SUMS))
        .containsExactly(
            "hourly|12000|" + cost,
            "daily|12000|" + cost,
            "weekly|12000|" + cost,
            "monthly|12000|" + cost,
            "yearly|12000|" + cost);
    assertThat(
            watched.database.rows(
                """
                SELECT DISTINCT period_start AT TIME ZONE 'UTC', period_end AT TIME ZONE 'UTC'
                FROM agents.cost_tracking WHERE period_type = 'yearly' ORDER BY 1
                """))
        .hasSize(2);
    List<String> before = watched.database.rows("SELECT * FROM agents.cost_tracking ORDER BY id");
    PackReport again = watched.run(PackVerb.MIGRATE_LEGACY_DATA, false);
    assertThat(again.outcome()).isEqualTo(PackOutcome.NOTHING);
    assertThat(watched.database.rows("SELECT * FROM agents.cost_tracking ORDER BY id"))
        .isEqualTo(before);
  }

  @Test
  void whatComesLaterIsAddedToWhatIsThere() {
    watched.usage(1, "1.5");
    watched.run(PackVerb.MIGRATE_LEGACY_DATA, false);
    watched.usage(1, "0.25");
    assertThat(watched.run(PackVerb.MIGRATE_LEGACY_DATA, false).tasks().getFirst().done())
        .isEqualTo(1);
    assertThat(
            watched.database.value(
                "SELECT CAST(request_count AS text) || ' ' || CAST(trim_scale(total_cost) AS text)"
                    + " || ' ' || success_rate FROM agents.cost_tracking WHERE period_type ="
                    + " 'hourly'"))
        .isEqualTo("2 1.75 100.00");
  }

  @Test
  void usageOfAnotherShapeIsRefusedByTheNameOfTheColumn() {
    watched.database.execute("ALTER TABLE agents.usage_logs RENAME cost TO price");
    PackReport report = watched.run(PackVerb.MIGRATE_LEGACY_DATA, false);
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.message())
        .startsWith("Table usage_logs of schema agents has no column cost; ")
        .endsWith("Nothing was migrated.");
  }

  @Test
  void aThousandUsersOfWhomFiveAreWrong() throws IOException {
    List<String> lines = new ArrayList<>(List.of("username,email,role,monthly_budget_limit"));
    for (int i = 1; i <= 1000; i++) {
      lines.add(
          switch (i) {
            case 10 -> "u10,no address,user,5";
            case 20 -> "u20,u20@example.com,emperor,5";
            case 30 -> "u30,u30@example.com,user,-5";
            case 900 -> "u1,u900@example.com,user,5";
            case 901 -> "u901,U2@Example.com,user,5";
            default -> "u%1$d,u%1$d@example.com,%2$s,".formatted(i, i == 1 ? "admin" : "");
          });
    }
    Path file = directory.resolve("users.csv");
    Files.write(file, lines);
    PackReport dry = watched.run(PackVerb.IMPORT_USER_DATA, true, Optional.of(file));
    assertThat(directory.resolve("users.rejected.csv")).doesNotExist();
    PackReport report = watched.run(PackVerb.IMPORT_USER_DATA, false, Optional.of(file));
    assertThat(report.outcome()).isEqualTo(PackOutcome.REJECTED);
    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(dry.tasks().getFirst().items()).isEqualTo(report.tasks().getFirst().items());
    assertThat(report.tasks().getFirst().items().getFirst().text())
        .isEqualTo("1000 rows: 995 new, 0 there already, 5 rejected");
    assertThat(watched.database.value("SELECT count(*) FROM agents.users WHERE username LIKE 'u%'"))
        .isEqualTo("995");
    assertThat(
            watched.database.rows(
                "SELECT role, timezone, hashed_password FROM agents.users WHERE username IN ('u1',"
                    + " 'u2') ORDER BY username"))
        .containsExactly("admin|UTC|!", "user|UTC|!");
    assertThat(Files.readAllLines(directory.resolve("users.rejected.csv")))
        .containsExactly(
            "row,reason,username,email,role,monthly_budget_limit",
            "10,\"email must be an address, not no address\",u10,no address,user,5",
            "20,\"role must be admin, manager, user or viewer, not emperor\","
                + "u20,u20@example.com,emperor,5",
            "30,\"monthly_budget_limit must be a number from 0 to 999999999999, not"
                + " -5\",u30,u30@example.com,user,-5",
            "900,username u1 is that of row 1,u1,u900@example.com,user,5",
            "901,email u2@example.com is that of row 2,u901,U2@Example.com,user,5");
    PackReport again = watched.run(PackVerb.IMPORT_USER_DATA, false, Optional.of(file));
    assertThat(again.tasks().getFirst().items().getFirst().text())
        .isEqualTo("1000 rows: 0 new, 995 there already, 5 rejected");
  }

  @Test
  void aUserOfAnotherNameOrAddressIsNotTakenForOneWhoIsThere() throws IOException {
    Path file = directory.resolve("users.csv");
    Files.writeString(
        file,
        """
        email,username
        other@example.com,ada
        ADA@example.com,lovelace
        Ada@Example.com,ada
        too,many,cells
        """);
    PackReport report = watched.run(PackVerb.IMPORT_USER_DATA, false, Optional.of(file));
    assertThat(report.tasks().getFirst().notes())
        .contains(
            "Row 1: username ada is that of another user, with another email.",
            "Row 2: email ada@example.com is that of user ada.",
            "Row 4: 3 cells under 2 titles.");
  }

  @Test
  void aFileOfASpreadsheetIsReadAndOfARowInAnotherEncodingTheRestIs() throws IOException {
    Path file = directory.resolve("users.csv");
    Files.write(
        file,
        "\u00EF\u00BB\u00BFusername,email,full_name\nbob,bob@example.com,Bob\neve,eve@example.com,\u00C8ve\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    PackReport report = watched.run(PackVerb.IMPORT_USER_DATA, false, Optional.of(file));
    assertThat(report.outcome()).as(report.message()).isEqualTo(PackOutcome.REJECTED);
    assertThat(report.tasks().getFirst().items().getFirst().text())
        .isEqualTo("2 rows: 1 new, 0 there already, 1 rejected");
    assertThat(report.tasks().getFirst().notes())
        .contains("Row 2: full_name holds bytes that are not UTF-8.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty: its first row must name the columns",
        "'username,shoe_size' | has a column shoe_size, which is none of users'",
        "'username' | has no column email",
        "'username,email,Email' | has column Email twice"
      })
  void aFileThatCannotBeUsedIsRefusedAsAWhole(String text, String why) throws IOException {
    Path file = directory.resolve("users.csv");
    Files.writeString(file, text);
    PackReport report = watched.run(PackVerb.IMPORT_USER_DATA, false, Optional.of(file));
    assertThat(report.outcome()).isEqualTo(PackOutcome.FAILED);
    assertThat(report.message()).contains(why);
  }

  @Test
  void cleaningUpDeletesWhatADryRunCounted() {
    watched.usage(200, "1");
    watched.usage(1, "2");
    watched.run(PackVerb.MIGRATE_LEGACY_DATA, false);
    watched.usage(2, "4");
    watched.database.execute("UPDATE agents.usage_logs SET cost = 3 WHERE cost = 2");
    for (String status : List.of("completed", "scheduled")) {
      for (int days : List.of(89, 91)) {
        watched.database.execute(
            """
            INSERT INTO agents.tasks (name, status, created_at)
            VALUES ('%1$s%2$d', '%1$s', TIMESTAMPTZ '%3$s' - interval '%2$d days')
            """
                .formatted(status, days, Watched.NOW));
      }
    }
    PackReport dry = watched.run(PackVerb.CLEANUP_OLD_DATA, true);
    assertThat(watched.database.value("SELECT count(*) FROM agents.usage_logs")).isEqualTo("3");
    PackReport report = watched.run(PackVerb.CLEANUP_OLD_DATA, false);
    assertThat(report.message()).isEqualTo("1 migrated row deleted; 1 row archived and removed.");
    assertThat(dry.message())
        .isEqualTo("Dry run: 1 migrated row would be deleted; 1 row would leave for the archive.");
    assertThat(item(task(report, "archive"), "table", "tasks")).containsEntry("rows", 1L);
    assertThat(watched.database.rows("SELECT trim_scale(cost) FROM agents.usage_logs ORDER BY 1"))
        .as("one says something else by now, one is not migrated")
        .containsExactly("3", "4");
    assertThat(watched.database.rows("SELECT name FROM agents.tasks ORDER BY 1"))
        .containsExactly("completed89", "scheduled89", "scheduled91");
    assertThat(watched.archived()).singleElement().asString().contains("completed91");
    assertThat(watched.run(PackVerb.CLEANUP_OLD_DATA, false).outcome())
        .isEqualTo(PackOutcome.NOTHING);
  }
}
