package dev.stipend.scenario.operations;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.process.WorkerMain;
import dev.stipend.support.process.WorkerProcess;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;

/// One disaster after the other befalls a tenant and what both tenants stand on. Every crossing is
/// heard or explained, every event is counted once, and the neighbour waits for one sweep at most.
@ExtendWith(StipendExtension.class)
final class NobodyIsLeftUntoldTest {
  private static final String NEIGHBOUR = "badger";
  private static final String EACH_USER =
      """
      {"name":"%s","scope":"user","scopeId":"*","period":"hourly","limitAmount":100,"alertAt":[80,100],
       "channels":["%s"]}
      """;

  @TempDir Path directory;

  private final Stipend stipend;
  private Map<String, String> neighbour = Map.of();
  private String hook = "";
  private String budget = "";
  private int events;

  NobodyIsLeftUntoldTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void settle() {
    neighbour = Tenant.key(stipend, "admin", NEIGHBOUR);
    Map<String, String> own = Map.of("x-api-key", Stipend.ADMIN_KEY);
    hook = hook("alpaca", own);
    budget = make(own, "/api/budgets", EACH_USER.formatted("Each", hook));
    make(
        own,
        "/api/channels",
        """
        {"kind":"email","name":"Mail","isFallback":true,"config":{"to":"fallback@example.com"}}
        """);
    make(neighbour, "/api/budgets", EACH_USER.formatted("Near", hook(NEIGHBOUR, neighbour)));
  }

  @Test
  void nobodyIsLeftUntold() throws Exception {
    killed();
    revoked();
    withoutQueue();
    locked();
    poisoned();
    assertThat(heard("alpaca"))
        .containsExactlyInAnyOrder("killed", "queue", "locked", "poisoned", "later");
    assertThat(heard(NEIGHBOUR))
        .containsExactlyInAnyOrder("killed", "revoked", "queue", "locked", "poisoned", "later");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs"))
        .as("each event once")
        .isEqualTo(String.valueOf(events));
    assertThat(
            stipend.database.rows(
                """
                SELECT c.subject, c.spend
                FROM stipend.budget_periods c
                JOIN stipend.budgets b ON b.id = c.budget_id
                WHERE b.name IN ('Each', 'Near') AND c.spend NOT IN (0, 90)
                """))
        .as("each counted once")
        .isEmpty();
  }

  /// A recorder is killed after it committed, before it told anybody.
  private void killed() throws Exception {
    String event = event("killed");
    Path message = directory.resolve("message.json");
    Files.writeString(message, event);
    try (Connection lock = transaction()) {
      lock.createStatement().execute("LOCK TABLE stipend.alert_logs IN ACCESS EXCLUSIVE MODE");
      Process worker =
          WorkerProcess.of(
                  stipend, directory, List.of(), WorkerMain.class, "record", message.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("worker.log").toFile())
              .start();
      await().until(() -> !stipend.database.rows("SELECT 1 FROM stipend.usage_logs").isEmpty());
      worker.destroyForcibly();
      assertThat(worker.waitFor()).as("killed, not finished").isNotZero();
      lock.rollback();
    }
    assertThat(stipend.recordFor("default", event)).as("its message comes again").isEmpty();
    neighbourIsHeardAfterOneSweep("killed");
    assertThat(heard("alpaca")).contains("killed");
  }

  /// The webhook is gone for good.
  private void revoked() throws Exception {
    answer("alpaca", 404);
    assertThat(stipend.recordFor("default", event("revoked"))).isEmpty();
    stipend.deliverAlerts();
    neighbourIsHeardAfterOneSweep("revoked");
    assertThat(mails()).anySatisfy(subject -> assertThat(subject).contains("of user revoked"));
    Answer explained =
        stipend.api("GET", "/api/budgets/" + budget + "/explain?subject=revoked", "");
    assertThat(explained.body()).contains("\"failed\"", "answered 404");
    answer("alpaca", 200);
  }

  /// Nothing can be put on the queue, nor taken from it.
  private void withoutQueue() {
    SqsClient sqs = stipend.context.getBean(SqsClient.class);
    String url = String.valueOf(stipend.settings().get("alerts.queue.url"));
    sqs.deleteQueue(request -> request.queueUrl(url));
    try {
      assertThat(stipend.recordFor("default", event("queue"))).isEmpty();
      assertThat(stipend.recordFor(NEIGHBOUR, event("queue"))).isEmpty();
      make(
          Map.of("x-api-key", Stipend.ADMIN_KEY),
          "/api/budgets",
          EACH_USER.formatted("Over existing spend", hook));
      stipend.clock.tick(Duration.ofMinutes(5));
      stipend.sweep();
    } finally {
      sqs.createQueue(request -> request.queueName(url.substring(url.lastIndexOf('/') + 1)));
    }
    stipend.clock.tick(Duration.ofMinutes(5));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(heard("alpaca")).contains("queue");
    assertThat(heard(NEIGHBOUR)).contains("queue");
  }

  /// Somebody keeps a counter of the tenant locked.
  private void locked() throws Exception {
    assertThat(stipend.recordFor("default", event("locked").replace("\"90\"", "\"0\""))).isEmpty();
    String event = event("locked");
    try (ExecutorService threads = Executors.newFixedThreadPool(2);
        Connection lock = transaction()) {
      lock.createStatement()
          .execute("SELECT 1 FROM stipend.budget_periods WHERE subject = 'locked' FOR UPDATE");
      Future<List<Integer>> recorded = threads.submit(() -> stipend.recordFor("default", event));
      Future<?> heard =
          threads.submit(
              () -> {
                neighbourIsHeardAfterOneSweep("locked");
                return true;
              });
      try {
        await().until(heard::isDone);
      } finally {
        lock.rollback();
      }
      heard.get();
      recorded.get();
    }
    assertThat(stipend.recordFor("default", event))
        .as("what was not recorded comes again")
        .isEmpty();
    stipend.deliverAlerts();
    assertThat(heard("alpaca")).contains("locked");
  }

  /// A row of the tenant has a time zone that nobody knows.
  private void poisoned() {
    String other =
        make(
            Map.of("x-api-key", Stipend.ADMIN_KEY),
            "/api/budgets",
            """
            {"name":"Mars","scope":"user","scopeId":"*","period":"hourly","limitAmount":1000}
            """);
    stipend.database.execute(
        "UPDATE stipend.budgets SET time_zone = 'Mars/Olympus' WHERE id = '" + other + "'");
    assertThat(stipend.recordFor("default", event("poisoned"))).isEmpty();
    stipend.deliverAlerts();
    assertThat(heard("alpaca")).contains("poisoned");
    neighbourIsHeardAfterOneSweep("poisoned");

    stipend.clock.tick(Duration.ofHours(1));
    assertThat(stipend.recordFor("default", event("later"))).isEmpty();
    stipend.loseAlerts();
    neighbourIsHeardAfterOneSweep("later");
    assertThat(heard("alpaca")).contains("later");
  }

  /// The neighbour crosses a line, and its message is lost: only a sweep brings it.
  private void neighbourIsHeardAfterOneSweep(String user) {
    assertThat(stipend.recordFor(NEIGHBOUR, event(user))).isEmpty();
    stipend.loseAlerts();
    stipend.clock.tick(Duration.ofMinutes(5));
    stipend.sweep();
    stipend.deliverAlerts();
    assertThat(heard(NEIGHBOUR)).contains(user);
  }

  private String event(String user) {
    events++;
    return """
    {"eventId":"e%d","occurredAt":"%s","userId":"%s","model":"m","cost":"90"}\
    """
        .formatted(events, stipend.clock.instant(), user);
  }

  private String hook(String tenant, Map<String, String> key) {
    String slug = tenant.equals(NEIGHBOUR) ? NEIGHBOUR : "default";
    stipend.set("stipend.secret." + slug + "..url", TestServers.HTTP.baseUrl() + "/" + tenant);
    stipend.set("stipend.secret." + slug + "..key", StipendExtension.WEBHOOK_SECRET);
    answer(tenant, 200);
    return make(
        key,
        "/api/channels",
        """
        {"kind":"webhook","name":"Hook","config":{"urlSecret":"STIPEND_SECRET_%1$s__URL","signingSecret":"STIPEND_SECRET_%1$s__KEY"}}
        """
            .formatted(slug.toUpperCase(Locale.ROOT)));
  }

  private static void answer(String tenant, int status) {
    TestServers.HTTP.stubFor(
        post(urlEqualTo("/" + tenant)).willReturn(aResponse().withStatus(status)));
  }

  private String make(Map<String, String> key, String path, String body) {
    Answer made = stipend.api("POST", path, body, key);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  /// Whose crossing of the first budget a tenant's webhook took, each as often as it was told.
  private static List<String> heard(String tenant) {
    List<String> users = new ArrayList<>();
    TestServers.HTTP.getAllServeEvents().stream()
        .filter(event -> event.getRequest().getUrl().equals("/" + tenant))
        .filter(event -> event.getResponse().getStatus() == 200)
        .map(event -> (Map<?, ?>) Json.read(event.getRequest().getBodyAsString(), Map.class))
        .filter(json -> "alert.raised".equals(json.get("type")))
        .map(json -> (Map<?, ?>) Objects.requireNonNull(json.get("budget")))
        .filter(of -> List.of("Each", "Near").contains(of.get("name")))
        .forEach(of -> users.add(String.valueOf(of.get("subject"))));
    return users;
  }

  private static List<String> mails() throws Exception {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage mail : TestServers.MAIL.getReceivedMessages()) {
      subjects.add(mail.getSubject());
    }
    return subjects;
  }

  private Connection transaction() throws SQLException {
    Connection connection = stipend.database.connect();
    connection.setAutoCommit(false);
    return connection;
  }
}
