package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables as they are met in the wild, and what becomes of them later.
@ExtendWith(StipendExtension.class)
class OddHostsTest {
  private static final Instant NOW = SettableClock.START;

  private final Stipend stipend;
  private WatchedHost host;

  OddHostsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    host = new WatchedHost(stipend);
  }

  private void table(String sql) {
    host.database.execute(sql);
    host.database.execute("GRANT SELECT ON odd TO source_reader");
  }

  private Answer connect(String columns, String more) {
    return stipend.api(
        "POST",
        "/api/sources",
        "{\"name\":\"odd\",\"relation\":\"odd\",\"urlSecret\":\"HOST_DB_URL\",\"columns\":{%s}%s}"
            .formatted(columns, more));
  }

  private String connected(String columns) {
    Answer made = connect(columns, "");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private Answer source(String id) {
    return stipend.api("GET", "/api/sources/" + id, "");
  }

  private String spend() {
    return stipend.database.value(
        "SELECT trim_scale(coalesce(sum(cost), 0)) FROM stipend.usage_logs");
  }

  private void sweepLater(Duration later) {
    stipend.clock.tick(later);
    stipend.sweep();
  }

  private void insert(String rows) {
    host.database.execute(
        "INSERT INTO odd (event_id, occurred_at, cost) " + rows.replace("NOW", "'" + NOW + "'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "char(26);'01JD' || lpad(CAST(i AS text), 22, '0')",
        "text;chr(65 + i % 26) || i",
        "uuid;gen_random_uuid()",
        "numeric(12, 2);i + 0.25",
      })
  void thousandsOfRowsOfOneInstantCountOnceWhateverTheirIds(String type, String id) {
    table(
        "CREATE TABLE odd (event_id %s PRIMARY KEY, occurred_at timestamptz NOT NULL, cost numeric)"
            .formatted(type));
    connected("");
    insert("SELECT %s, NOW, 0.001 FROM generate_series(1, 5000) AS i".formatted(id));
    stipend.sweep();
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("5");
  }

  @Test
  void rejectedRowsWithIdsOfFixedLengthAreTriedAgain() {
    table(
        "CREATE TABLE odd (event_id char(36) PRIMARY KEY, occurred_at timestamptz NOT NULL, cost"
            + " numeric)");
    String id = connected("");
    insert("VALUES ('a', NOW, 'NaN'), ('b', NOW, 1)");
    stipend.sweep();
    sweepLater(Duration.ofMinutes(5));
    assertThat(source(id).text("rejected")).isEqualTo("1");
    host.database.execute("UPDATE odd SET cost = 7 WHERE event_id = 'a'");
    sweepLater(Duration.ofHours(2));
    assertThat(spend()).isEqualTo("8");
  }

  @Test
  void aColumnThatIsRenamedIsMissedAndOneThatIsAddedMeansNothing() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, occurred_at timestamptz NOT NULL, cost"
            + " numeric, model text, user_id text)");
    String id = connected("");
    insert("VALUES (1, NOW, 1)");
    stipend.sweep();
    assertThat(source(id).text("columns")).contains("user_id=user_id", "cost=cost");
    host.database.execute(
        "ALTER TABLE odd ADD COLUMN kind text DEFAULT 'chat', ADD COLUMN team_id text DEFAULT 'x'");
    insert("VALUES (2, NOW, 1)");
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("2");
    host.database.execute("ALTER TABLE odd RENAME COLUMN cost TO price");
    sweepLater(Duration.ofMinutes(5));
    assertThat(source(id).text("state")).isEqualTo("failing");
    assertThat(source(id).text("lastError")).contains("has no column cost");
  }

  @Test
  void aCostIsFinalOnlyWhereTheHostSaysSo() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, occurred_at timestamptz NOT NULL, cost"
            + " numeric, settled boolean)");
    String id = connected("");
    insert("VALUES (1, NOW, 0.01)");
    stipend.sweep();
    assertThat(source(id).text("waiting")).isEqualTo("1");
    host.database.execute("UPDATE odd SET cost = 5, settled = TRUE");
    sweepLater(Duration.ofHours(5));
    assertThat(spend()).isEqualTo("5");
  }

  @Test
  void rowsThatGoDoNotHideThoseThatCome() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, occurred_at timestamptz NOT NULL, cost"
            + " numeric)");
    connected("");
    insert("SELECT i, NOW, 1 FROM generate_series(1, 3) AS i");
    stipend.sweep();
    sweepLater(Duration.ofHours(20));
    host.database.execute("DELETE FROM odd WHERE event_id < 3");
    insert("VALUES (10, NOW, 100)");
    sweepLater(Duration.ofHours(4));
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("103");
  }

  @Test
  void aRowThatIsKeptBlocksNothingWhenItsIdIsNoneAnyMore() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, uid uuid NOT NULL DEFAULT gen_random_uuid()"
            + " UNIQUE, occurred_at timestamptz NOT NULL, cost numeric)");
    String id = connected("");
    insert("VALUES (3, NOW, 'NaN')");
    stipend.sweep();
    host.database.execute("ALTER TABLE odd DROP COLUMN event_id");
    host.database.execute("ALTER TABLE odd RENAME COLUMN uid TO event_id");
    host.database.execute("INSERT INTO odd (occurred_at, cost) VALUES ('%s', 2)".formatted(NOW));
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("2");
    assertThat(source(id).text("state")).isEqualTo("ok");
  }

  @Test
  void whatStandsBesideACostDoesNotKeepItFromCounting() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, occurred_at timestamptz NOT NULL, cost"
            + " numeric, tags jsonb, currency text)");
    connected("");
    host.database.execute(
        """
        INSERT INTO odd VALUES (1, '%1$s', 1, '{"n": 1, "ok": true, "deep": {"a": 1}, "env": "prod", "none": null}', 'usd'),
          (2, '%1$s', 1, 'null', 'USD'), (3, '%1$s', 1, '[1]', NULL),
          (4, '%1$s', 1, jsonb_build_object('long', repeat('x', 50000)), 'USD')
        """
            .formatted(NOW));
    stipend.sweep();
    assertThat(spend()).isEqualTo("4");
    assertThat(
            stipend.database.value(
                "SELECT tags ->> 'n' || (tags ->> 'ok') || (tags ->> 'env') FROM stipend.usage_logs"
                    + " WHERE tags <> '{}'"))
        .isEqualTo("1trueprod");
  }

  @Test
  void connectedAgainItNeverCountsTwiceOrWhatItWasToldToLeave() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, uid text UNIQUE, occurred_at timestamptz NOT"
            + " NULL, cost numeric)");
    String id = connected("");
    insert("VALUES (1, NOW, 1)");
    stipend.sweep();
    stipend.api("DELETE", "/api/sources/" + id, "");
    Answer other = connect("\"event_id\":\"uid\"", "");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body()).contains("its rows would count twice");
    insert("SELECT 2, timestamptz NOW - interval '5 minutes', 100");
    stipend.clock.tick(Duration.ofHours(1));
    assertThat(connect("", ",\"from\":\"now\"").status()).isEqualTo(201);
    stipend.sweep();
    sweepLater(Duration.ofDays(1));
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("1");
  }

  @Test
  void aViewWithAnIdTwiceCountsItOnceAndSaysSo() {
    host.call(NOW, "ana", "1");
    table(
        "CREATE VIEW odd AS SELECT id AS event_id, at AS occurred_at, price AS cost FROM calls"
            + " UNION ALL SELECT id, at, price * 2 FROM calls");
    String id = connected("");
    for (int i = 0; i < 3; i++) {
      sweepLater(Duration.ofMinutes(5));
    }
    assertThat(spend()).isIn("1", "2");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("1");
    assertThat(stipend.api("GET", "/api/sources/" + id + "/rows", "").body())
        .contains("another row has the same id");
  }

  @Test
  void partitionedTablesAndRolesThatSeeSomeColumnsAreRead() {
    host.database.execute(
        """
        CREATE TABLE odd (event_id bigint, occurred_at timestamptz, cost numeric, secret text, PRIMARY KEY (event_id, occurred_at))
        PARTITION BY RANGE (occurred_at);
        CREATE TABLE odd_2026 PARTITION OF odd FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        GRANT SELECT (event_id, occurred_at, cost) ON odd TO source_reader;
        """);
    Answer made = connect("", "");
    assertThat(made.body()).contains("Only event_id and occurred_at together are unique");
    insert("VALUES (1, NOW, 3)");
    stipend.sweep();
    assertThat(spend()).isEqualTo("3");
  }

  @Test
  void whatCanNeverBeRecordedIsNotConnected() {
    table(
        "CREATE TABLE odd (event_id int PRIMARY KEY, occurred_at timestamptz NOT NULL, cost"
            + " numeric, currency text DEFAULT 'EUR', fee money)");
    assertThat(connect("\"cost\":\"fee\"", "").body()).contains("Column fee is money");
    insert("VALUES (1, NOW, 3)");
    Answer foreign = connect("", "");
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.body()).contains("None of the rows of the last 24 hours", "currency");
    host.database.execute("DELETE FROM odd");
    String id = connected("");
    insert("VALUES (2, NOW, 3)");
    stipend.sweep();
    assertThat(source(id).text("state")).isEqualTo("rejecting");
    assertThat(source(id).text("lastError")).contains("No new row can be recorded, such as row 2");
  }
}
