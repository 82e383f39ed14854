package dev.stipend.scenario.source;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.Requests.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StipendExtension.class)
class SourcesTest {
  private static final Instant NOW = SettableClock.START;

  private final Stipend stipend;
  private WatchedHost host;

  SourcesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    host = new WatchedHost(stipend);
  }

  private String connected(String more) {
    Answer made = host.connect("app", more);
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

  @Test
  void aRowOfTheHostWarnsOnceWithItsContributors() {
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"Ana\",\"limitAmount\":1,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"ana\"}");
    connected("");
    host.call(NOW, "ana", "0.85");

    assertThat(stipend.sweep()).containsEntry("pulled", 1).doesNotContainKey("failed");
    stipend.deliverAlerts();
    sweepLater(Duration.ofMinutes(5));
    stipend.deliverAlerts();

    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
    TestServers.HTTP.verify(
        1, postRequestedFor(urlEqualTo("/slack")).withRequestBody(containing("model-1")));
    assertThat(spend()).isEqualTo("0.85");
  }

  @Test
  void twoSweepsAndALookbackCountEachRowOnce() {
    connected("");
    for (int i = 0; i < 5; i++) {
      host.call(NOW.minusSeconds(i), "ana", "0.1");
    }
    stipend.sweep();
    host.call(NOW.minusSeconds(60), "bob", "0.25");
    sweepLater(Duration.ofMinutes(5));
    sweepLater(Duration.ofMinutes(5));

    assertThat(spend()).isEqualTo("0.75");
  }

  @Test
  void rowsOfTheMonthCountUnlessOnlyNewOnesAreWanted() {
    host.call(NOW.minus(Duration.ofDays(10)), "ana", "3");
    host.call(NOW.minus(Duration.ofDays(20)), "ana", "5");
    String id = connected("");
    stipend.sweep();
    assertThat(spend()).isEqualTo("3");
    assertThat(source(id).text("state")).isEqualTo("ok");

    stipend.api("DELETE", "/api/sources/" + id, "");
    assertThat(connected(", \"from\": \"all\"")).isEqualTo(id);
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).as("connected again, rows are known").isEqualTo("8");
  }

  @Test
  void aRowCountsWithItsFinalCost() {
    String id = connected("");
    host.database.execute(
        "INSERT INTO calls (id, at, who, price, finished) VALUES (1, '%1$s', 'ana', NULL, FALSE), (2, '%1$s', 'ana', 0.5, FALSE)"
            .formatted(NOW));
    stipend.sweep();
    assertThat(spend()).isEqualTo("0.5");
    assertThat(source(id).text("waiting")).isEqualTo("2");

    host.database.execute("UPDATE calls SET price = 0.7, finished = TRUE");
    sweepLater(Duration.ofHours(3));
    assertThat(spend()).isEqualTo("1.4");
    assertThat(source(id).text("waiting")).isEqualTo("0");
    assertThat(source(id).text("corrected")).isEqualTo("1");

    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("1.4");
  }

  @Test
  void aCostThatTheHostCorrectsCountsAsCorrected() {
    connected("");
    host.call(NOW, "ana", "2");
    stipend.sweep();
    host.database.execute("UPDATE calls SET price = 1.5");
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("1.5");
    host.database.execute("UPDATE calls SET price = 2");
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("2");
    assertThat(stipend.api("GET", "/api/spend?from=2026-06-01&to=2026-07-01", "").body())
        .contains("\"2.00\"");
  }

  @Test
  void aRowWithoutAPriceCountsWhenTheHostKnowsItsCostAndTotalsStayRight() {
    String id = connected("");
    host.call(NOW, "ana", "NULL");
    stipend.sweep();
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.unpriced_events"))
        .isEqualTo("1");
    host.database.execute("UPDATE calls SET price = 0.4");
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("0.4");
    assertThat(source(id).text("corrected")).isEqualTo("1");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.unpriced_events"))
        .isEqualTo("0");
    host.database.execute("UPDATE calls SET price = 0.1");
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("0.1");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0)
        .containsEntry("unpricedEventDifferences", 0);
  }

  @Test
  void aBadRowIsKeptWithItsReasonAndBlocksNoOther() {
    String id = connected("");
    host.call(NOW.minusSeconds(30), "ana", "1");
    long bad = host.call(NOW.minusSeconds(20), "ana", "'NaN'");
    host.call(NOW.minusSeconds(10), "ana", "-4");
    host.call(NOW, "ana", "1");
    stipend.sweep();
    assertThat(spend()).isEqualTo("2");
    Answer rows = stipend.api("GET", "/api/sources/" + id + "/rows?limit=1", "");
    assertThat(rows.body()).contains("rejected").contains("nextCursor");
    assertThat(stipend.api("GET", "/api/sources/" + id + "/rows", "").body())
        .contains("cost NaN is no number", "must not be negative");

    host.database.execute("UPDATE calls SET price = 0.5 WHERE id = " + bad);
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("2.5");
    assertThat(source(id).text("rejected")).isEqualTo("1");
  }

  @Test
  void aClockThatJumpsAheadHidesNoRow() {
    String id = connected("");
    host.call(NOW.plus(Duration.ofDays(2)), "ana", "7");
    host.call(NOW, "ana", "1");
    stipend.sweep();
    assertThat(spend()).isEqualTo("1");
    assertThat(source(id).text("ahead")).isEqualTo("1");
    host.call(NOW.plusSeconds(60), "ana", "1");
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("2");
    sweepLater(Duration.ofDays(2));
    assertThat(spend()).isEqualTo("9");
  }

  @Test
  void rowsThatComeLaterThanTheLookbackAreFoundByTheDay() {
    connected("");
    host.call(NOW, "ana", "1");
    stipend.sweep();
    sweepLater(Duration.ofDays(1));
    host.call(NOW.plus(Duration.ofDays(1)), "ana", "1");
    sweepLater(Duration.ofHours(1));
    assertThat(spend()).isEqualTo("2");

    host.call(NOW.minus(Duration.ofHours(3)), "ana", "0.25");
    sweepLater(Duration.ofHours(1));
    assertThat(spend()).as("not of the lookback").isEqualTo("2");
    sweepLater(Duration.ofDays(1));
    sweepLater(Duration.ofMinutes(5));
    assertThat(spend()).isEqualTo("2.25");
  }

  @Test
  void aTableThatIsGoneOrLockedIsStatedAndBackedOffAndKeepsNoOtherWaiting() throws SQLException {
    WatchedHost other = host;
    String broken = connected("");
    host.database.execute("ALTER TABLE calls RENAME TO requests");
    assertThat(stipend.sweep()).doesNotContainKey("failed");
    assertThat(source(broken).text("state")).isEqualTo("failing");
    assertThat(source(broken).text("lastError"))
        .contains("There is no table or view calls in schema public");
    Instant next = Instant.parse(source(broken).text("nextPullAt"));
    assertThat(next).isEqualTo(NOW.plusSeconds(60));
    sweepLater(Duration.ofMinutes(1));
    assertThat(Instant.parse(source(broken).text("nextPullAt"))).isEqualTo(NOW.plusSeconds(180));

    host.database.execute("ALTER TABLE requests RENAME TO calls");
    try (Connection locker = other.database.connect()) {
      locker.setAutoCommit(false);
      try (Statement lock = locker.createStatement()) {
        lock.execute("LOCK TABLE calls IN ACCESS EXCLUSIVE MODE");
      }
      sweepLater(Duration.ofMinutes(2));
      assertThat(source(broken).text("lastError")).contains("holds a lock");
      locker.rollback();
    }
    host.call(NOW, "ana", "1");
    sweepLater(Duration.ofMinutes(10));
    assertThat(source(broken).text("state")).isEqualTo("ok");
    assertThat(spend()).isEqualTo("1");
  }

  @Test
  void aPausedSourceGoesOnWhereItStopped() {
    String id = connected("");
    stipend.sweep();
    assertThat(stipend.api("PATCH", "/api/sources/" + id, "{\"paused\":true}").text("state"))
        .isEqualTo("paused");
    host.call(NOW, "ana", "1");
    sweepLater(Duration.ofDays(3));
    assertThat(spend()).isEqualTo("0");
    stipend.api("PATCH", "/api/sources/" + id, "{\"paused\":false,\"name\":\"calls\"}");
    stipend.sweep();
    assertThat(spend()).isEqualTo("1");
    assertThat(source(id).text("name")).isEqualTo("calls");
  }

  @Test
  void pullNowReadsABacklogInPages() {
    host.backlog(NOW, 5000);
    String id = connected("");
    Answer pulled = stipend.api("POST", "/api/sources/" + id + "/pull", "");
    assertThat(pulled.text("recorded")).as(pulled.body()).isEqualTo("5000");
    assertThat(pulled.text("done")).isEqualTo("true");
    assertThat(spend()).isEqualTo("5");
  }

  @Test
  void whatIsWatchedAlreadyOrHasTheNameIsRefused() {
    connected("");
    assertThat(host.connect("other", "").status()).isEqualTo(409);
    host.database.execute("CREATE TABLE more (LIKE calls INCLUDING ALL)");
    host.database.execute("GRANT SELECT ON more TO source_reader");
    Answer taken =
        stipend.api(
            "POST", "/api/sources", WatchedHost.body("app", "").replace("\"calls\"", "\"more\""));
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.body()).contains("There is a source called app already");
  }

  @Test
  void testShowsRowsAndKeepsNothing() {
    host.call(NOW, "ana", "0.85");
    Answer tried = stipend.api("POST", "/api/sources/test", WatchedHost.body("app", ""));
    assertThat(tried.status()).as(tried.body()).isEqualTo(200);
    assertThat(tried.body())
        .contains("\"identifiedBy\":\"id\"", "\"orderedBy\":\"at\"", "\"userId\":\"ana\"", "0.85");
    assertThat(stipend.api("GET", "/api/sources", "").items()).isEmpty();
  }
}
