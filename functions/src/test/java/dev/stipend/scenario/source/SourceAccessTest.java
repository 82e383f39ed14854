package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may read what: a workspace reads with its own secret, from hosts that the operator named,
/// and changes nothing there.
@ExtendWith(StipendExtension.class)
class SourceAccessTest {
  private final Stipend stipend;
  private Map<String, String> acme = Map.of();
  private WatchedHost host;

  SourceAccessTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void settle() {
    acme = Tenant.key(stipend, "admin", "acme");
    host = new WatchedHost(stipend);
  }

  private Answer connect(Map<String, String> key, String relation, String schema, String more) {
    return stipend.api(
        "POST",
        "/api/sources",
        """
        {"name": "s", "schema": "%s", "relation": "%s", "columns": {"event_id": "id", "occurred_at": "at", "cost": "price"}%s}
        """
            .formatted(schema, relation, more),
        key);
  }

  private void refused(Answer answer, String field, String reason) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.text("errors")).contains("field=" + field + ",").contains(reason);
    assertThat(stipend.database.rows("SELECT name FROM stipend.spend_sources")).isEmpty();
  }

  private Map<String, String> operator() {
    return Map.of("x-api-key", Stipend.ADMIN_KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stipend", "STIPEND", "stipend_migrations", "pg_catalog", "information_schema"})
  void schemasOfStipendAndOfTheServerAreRefusedEvenToTheOperator(String schema) {
    refused(connect(operator(), "usage_logs", schema, ""), "schema", "must not be");
    refused(
        connect(acme, "usage_logs", schema, ", \"urlSecret\": \"" + host.secretOf("acme") + "\""),
        "schema",
        "must not be");
  }

  @Test
  void aTenantCannotReadTheFunctionsOwnDatabase() {
    refused(connect(acme, "calls", "public", ""), "urlSecret", "only the operator");
  }

  @Test
  void theOperatorCanAndTheRowsStayInTheOperatorsWorkspace() {
    stipend.database.execute("CREATE SCHEMA watched");
    try {
      stipend.database.execute(
          "CREATE TABLE watched.calls (id bigint PRIMARY KEY, at timestamptz NOT NULL, price"
              + " numeric)");
      stipend.database.execute(
          "INSERT INTO watched.calls VALUES (1, '%s', 2)".formatted(SettableClock.START));
      Answer made = connect(operator(), "calls", "watched", "");
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      stipend.sweep();
      assertThat(stipend.api("GET", "/api/sources", "", acme).items()).isEmpty();
      assertThat(stipend.api("GET", "/api/sources/" + made.text("id"), "", acme).status())
          .isEqualTo(404);
      assertThat(
              stipend.api("POST", "/api/sources/" + made.text("id") + "/pull", "", acme).status())
          .isEqualTo(404);
      assertThat(
              stipend.database.rows(
                  "SELECT w.slug, trim_scale(u.cost) FROM stipend.usage_logs u JOIN"
                      + " stipend.workspaces w ON w.id = u.workspace_id"))
          .containsExactly("default|2");
    } finally {
      stipend.database.execute("DROP SCHEMA watched CASCADE");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DATABASE_URL",
        "HOST_DB_URL",
        "STIPEND_SECRET_BETA__APP_URL",
        "PATH",
        "arn:aws:secretsmanager:us-east-1:111111111111:secret:stipend/channels/beta/app-AbCdEf"
      })
  void aSecretOfSomebodyElseIsRefused(String secret) {
    refused(
        connect(acme, "calls", "public", ", \"urlSecret\": \"" + secret + "\""), "urlSecret", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://u:p4ssw0rd@10.1.2.3:5432/db|Host 10.1.2.3 is not allowed",
        "postgresql://u:p4ssw0rd@169.254.169.254:80/db|Host 169.254.169.254 is not allowed",
        "jdbc:postgresql://10.1.2.3,127.0.0.1/db?user=u&password=p4ssw0rd|Host 10.1.2.3 is not"
            + " allowed",
        "postgresql://u:p4ssw0rd@127.0.0.1/db?socketFactory=java.lang.Object|parameters that are"
            + " not allowed: socketFactory",
        "postgresql://u:p4ssw0rd@127.0.0.1/db?sslmode=disable&loggerFile=/tmp/x|parameters that are"
            + " not allowed: loggerFile",
        "postgresql://u:p4ss?w0rd&p4ssw0rd@127.0.0.1/db|percent-encode special characters",
        "http://u:p4ssw0rd@127.0.0.1/db|is not a PostgreSQL URL",
        "postgresql://u:p4ssw0rd@127.0.0.1:1/db|does not answer",
      })
  void onlyHostsThatTheOperatorNamedAreConnectedTo(String url, String reason) {
    stipend.set("stipend.secret.acme..odd.url", url);
    Answer answer =
        connect(acme, "calls", "public", ", \"urlSecret\": \"STIPEND_SECRET_ACME__ODD_URL\"");
    refused(answer, "urlSecret", reason);
    assertThat(answer.body()).doesNotContain("p4ssw0rd");
  }

  @Test
  void aUrlIsNoNameOfASecretAndIsNotRepeated() {
    Answer answer =
        connect(
            operator(),
            "calls",
            "public",
            ", \"urlSecret\": \"postgresql://u:p4ssw0rd@127.0.0.1/db\"");
    refused(answer, "urlSecret", "looks like a secret");
    assertThat(answer.body()).doesNotContain("p4ssw0rd");
  }

  @Test
  void aViewCannotWriteOrTakeForEver() {
    host.database.execute(
        """
        CREATE TABLE written (at timestamptz);
        GRANT ALL ON written TO source_reader;
        CREATE FUNCTION write() RETURNS numeric LANGUAGE plpgsql AS
          'BEGIN PERFORM set_config(''transaction_read_only'', ''off'', TRUE); INSERT INTO written VALUES (now()); RETURN 1; END';
        CREATE VIEW writing AS SELECT id, at, write() AS price FROM calls;
        GRANT SELECT ON writing TO source_reader;
        CREATE FUNCTION linger() RETURNS numeric LANGUAGE plpgsql AS
          'BEGIN PERFORM set_config(''statement_timeout'', ''0'', FALSE); PERFORM pg_sleep(600); RETURN 1; END';
        CREATE VIEW endless AS SELECT id, at, linger() AS price FROM calls;
        GRANT SELECT ON endless TO source_reader;
        """);
    host.call(SettableClock.START, "ana", "1");
    String secret = ", \"urlSecret\": \"" + host.secretOf("acme") + "\"";
    refused(connect(acme, "writing", "public", secret), "urlSecret", "refused it");
    assertThat(host.database.value("SELECT count(*) FROM written")).isEqualTo("0");
    long start = System.nanoTime();
    refused(connect(acme, "endless", "public", secret), "urlSecret", "took longer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void whatIsMissingIsNamedWithTheFix() {
    String secret = ", \"urlSecret\": \"" + host.secretOf("acme") + "\"";
    host.database.execute("CREATE TABLE hidden (LIKE calls INCLUDING ALL)");
    refused(
        connect(acme, "hidden", "public", secret),
        "columns.event_id",
        "GRANT SELECT ON \"public\".\"hidden\" TO source_reader;");
    refused(connect(acme, "nothing", "public", secret), "relation", "There is no table or view");
    host.database.execute("CREATE TABLE loose (id bigint, at timestamptz, price numeric)");
    host.database.execute("GRANT SELECT ON loose TO source_reader");
    refused(connect(acme, "loose", "public", secret), "columns.event_id", "no unique index");
    host.database.execute("CREATE TABLE named (\"id\" bigint PRIMARY KEY, at date, price numeric)");
    host.database.execute("GRANT SELECT ON named TO source_reader");
    refused(connect(acme, "named", "public", secret), "columns.occurred_at", "is date");
    host.database.execute("DROP INDEX calls_at_id_idx");
    Answer slow = connect(acme, "calls", "public", secret);
    assertThat(slow.body()).contains("CREATE INDEX CONCURRENTLY ON");
  }

  @Test
  void aHostWithoutTlsSaysSo() {
    stipend.set("stipend.secret.acme..tls.url", host.readerUrl().replaceFirst("[?].*", ""));
    Answer refused =
        connect(acme, "calls", "public", ", \"urlSecret\": \"STIPEND_SECRET_ACME__TLS_URL\"");
    refused(refused, "urlSecret", "does not support SSL); check user, password and sslmode");
    assertThat(refused.body()).doesNotContain("reader@", "reader\"");
  }

  @Test
  void namesAreNotSql() {
    String secret = ", \"urlSecret\": \"" + host.secretOf("acme") + "\"";
    refused(
        connect(acme, "calls; DROP TABLE calls", "public", secret),
        "relation",
        "There is no table");
    refused(connect(acme, "calls", "public; x", secret), "relation", "There is no table");
    host.database.execute("CREATE TABLE \"odd \"\" ; name\" (LIKE calls INCLUDING ALL)");
    host.database.execute("GRANT SELECT ON \"odd \"\" ; name\" TO source_reader");
    Answer odd = connect(acme, "odd \\\" ; name", "public", secret);
    assertThat(odd.status()).as(odd.body()).isEqualTo(201);
  }

  @Test
  void aKeyThatOnlyReadsConnectsNothing() {
    Map<String, String> reader = Tenant.key(stipend, "read", "default");
    assertThat(connect(reader, "calls", "public", "").status()).isEqualTo(403);
    assertThat(stipend.api("GET", "/api/sources", "", reader).status()).isEqualTo(200);
  }

  @Test
  void noSenderMayTakeTheIdOfARow() {
    String id = host.connect("app", "").text("id");
    String body = Usage.costing("stipend:source:%s:1".formatted(id), SettableClock.START, "0");
    assertThat(stipend.api("POST", "/api/usage", body).body())
        .contains("must not begin with stipend:");
  }
}
