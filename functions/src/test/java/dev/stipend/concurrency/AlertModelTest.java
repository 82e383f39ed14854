package dev.stipend.concurrency;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Requests.Answer;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random stories of events, refunds, late events, edits, jumps of the clock, silences,
/// acknowledgements and snoozes, some told by many at once of whom some lose their connection in
/// the middle: open alerts, messages and logs are always those of {@link AlertModel}. More stories:
/// `-Dstipend.alerts.stories=100`; one of them: `-Dstipend.alerts.story=35`.
final class AlertModelTest {
  private static final int STEPS = 40;
  private static final List<Integer> LINES = List.of(50, 80, 100, 120);

  private static Stipend stipend;
  private static Stipend other;

  private final Set<String> seen = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private final Map<String, String> ids = new HashMap<>();
  private int events;

  @BeforeAll
  static void start() {
    TestServers.HTTP.resetAll();
    TestServers.HTTP.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withBody("ok")));
    stipend =
        new Stipend(
            TestServers.newDatabase(),
            Map.of("slack.pace", "0s", "slack.webhook.url", TestServers.HTTP.baseUrl() + "/slack"));
    other = stipend.another();
  }

  @AfterAll
  static void stop() {
    other.close();
    stipend.close();
  }

  static LongStream stories() {
    Long one = Long.getLong("stipend.alerts.story");
    return one == null
        ? LongStream.rangeClosed(1, Long.getLong("stipend.alerts.stories", 4))
        : LongStream.of(one);
  }

  @ParameterizedTest
  @MethodSource("stories")
  void alertsMessagesAndLogsAreThoseOfTheModel(long story) {
    setClock(SettableClock.START);
    stipend.loseAlerts();
    stipend.database.clear();
    Random random = new Random(story);
    List<SpendLimit> budgets =
        List.of(
            new SpendLimit("hour of u1", "u1", "hourly", "UTC", 100, List.of(80, 100)),
            new SpendLimit("day of each", "*", "daily", "America/New_York", 150, LINES),
            new SpendLimit("hour of all", "", "hourly", "Asia/Kathmandu", 180, List.of(50, 120)));
    budgets.forEach(this::create);
    AlertModel model = new AlertModel(budgets);
    List<String> steps = new ArrayList<>();
    while (steps.size() < STEPS) {
      tick(model, Duration.ofSeconds(1 + random.nextInt(30)));
      String what = step(model, budgets, random);
      settle(model);
      steps.add(stipend.clock.instant() + " " + what);
      String at = "story %d: %s".formatted(story, String.join("\n", steps));
      assertThat(alerts()).as(at).containsExactlyInAnyOrderElementsOf(model.alerts());
      assertThat(told).as(at).containsExactlyInAnyOrderElementsOf(model.told());
      assertThat(silent()).as(at).containsExactlyInAnyOrderElementsOf(model.silent());
    }
    assertThat(model.told()).as("a story in which nothing happens").isNotEmpty();
  }

  private String step(AlertModel model, List<SpendLimit> budgets, Random random) {
    Instant now = stipend.clock.instant();
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> spend(model, now, BigDecimal.valueOf(random.nextInt(60)), random);
      case 3 -> spend(model, now, BigDecimal.valueOf(-random.nextInt(70)), random);
      case 4 ->
          spend(
              model,
              later(now.minus(Duration.ofMinutes(random.nextInt(180)))),
              BigDecimal.valueOf(random.nextInt(80) - 20),
              random);
      case 5, 6 -> edit(model, pick(budgets, random), random);
      case 7 -> jump(model, Duration.ofMinutes(random.nextInt(90)));
      case 8 -> jump(model, Duration.ofHours(random.nextInt(30)));
      case 9 -> silence(model, pick(budgets, random), random);
      case 10 -> acknowledge(model, random);
      case 11 -> snooze(model, random);
      default -> atOnce(model, random);
    };
  }

  /// Periods begin with the story.
  private static Instant later(Instant at) {
    return at.isBefore(SettableClock.START) ? SettableClock.START : at;
  }

  private String spend(AlertModel model, Instant at, BigDecimal cost, Random random) {
    String user = random.nextBoolean() ? "u1" : "u2";
    assertThat(stipend.record(event(user, at, cost))).isEmpty();
    model.spend(user, cost, at, stipend.clock.instant());
    return "%s spends %s at %s".formatted(user, cost, at);
  }

  private String event(String user, Instant at, BigDecimal cost) {
    events++;
    return """
    {"eventId":"e%d","occurredAt":"%s","userId":"%s","cost":"%s","kind":"%s"}\
    """
        .formatted(events, at, user, cost, cost.signum() < 0 ? "adjustment" : "usage");
  }

  private String edit(AlertModel model, SpendLimit budget, Random random) {
    if (random.nextBoolean()) {
      budget.limit = BigDecimal.valueOf(20 + random.nextInt(250));
    } else {
      budget.lines = LINES.stream().filter(line -> random.nextInt(3) > 0).toList();
    }
    String body =
        "{\"limitAmount\":%s,\"alertAt\":%s,\"name\":\"n%d\"}"
            .formatted(budget.limit, budget.lines, random.nextInt(3));
    ok(stipend.api("PATCH", "/api/budgets/" + ids.get(budget.name), body));
    model.edited(budget, stipend.clock.instant());
    return "%s has limit %s and lines %s".formatted(budget.name, budget.limit, budget.lines);
  }

  private static String jump(AlertModel model, Duration duration) {
    tick(model, duration);
    return duration + " go by";
  }

  private String silence(AlertModel model, SpendLimit budget, Random random) {
    Instant until = stipend.clock.instant().plus(Duration.ofMinutes(1 + random.nextInt(90)));
    ok(
        stipend.api(
            "POST",
            "/api/silences",
            "{\"budgetId\":\"%s\",\"until\":\"%s\",\"reason\":\"story\"}"
                .formatted(ids.get(budget.name), until)));
    model.silence(budget, until);
    return "%s is silenced until %s".formatted(budget.name, until);
  }

  private String acknowledge(AlertModel model, Random random) {
    List<ModelAlert> open = model.answerable();
    if (open.isEmpty()) {
      return "nothing to acknowledge";
    }
    ModelAlert alert = pick(open, random);
    ok(stipend.api("POST", "/api/alerts/" + idOf(alert) + "/acknowledge", "{}"));
    model.acknowledge(alert);
    return alert.key() + " is acknowledged";
  }

  private String snooze(AlertModel model, Random random) {
    List<ModelAlert> open = model.answerable();
    if (open.isEmpty()) {
      return "nothing to snooze";
    }
    ModelAlert alert = pick(open, random);
    Instant until = stipend.clock.instant().plus(Duration.ofMinutes(1 + random.nextInt(60)));
    ok(
        stipend.api(
            "POST", "/api/alerts/" + idOf(alert) + "/snooze", "{\"until\":\"" + until + "\"}"));
    model.snooze(alert, until);
    return "%s is snoozed until %s".formatted(alert.key(), until);
  }

  /// Two processes record, evaluate and deliver the same at once, and lose connections.
  private String atOnce(AlertModel model, Random random) {
    Map<String, BigDecimal> byUser = new HashMap<>();
    List<Callable<?>> racers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String user = random.nextBoolean() ? "u1" : "u2";
      BigDecimal cost = BigDecimal.valueOf(random.nextInt(40));
      byUser.merge(user, cost, BigDecimal::add);
      String event = event(user, stipend.clock.instant(), cost);
      Stipend process = i % 2 == 0 ? stipend : other;
      racers.add(() -> untilItIs(() -> Carrier.survives(() -> process.record(event).isEmpty())));
    }
    for (Stipend process : List.of(stipend, other)) {
      racers.add(() -> Carrier.survives(() -> !process.sweep().isEmpty()));
      racers.add(() -> Carrier.survives(() -> process.deliverAlerts() >= 0));
    }
    int killed = Killer.race(stipend.database, racers, 3);
    settleDatabase();
    List<String> open = alerts().stream().filter(line -> line.endsWith("|open")).toList();
    model.spendAtOnce(
        byUser, stipend.clock.instant(), alert -> open.contains(alert.key() + "|open"));
    return "%s is spent at once, and %d connections are lost".formatted(byUser, killed);
  }

  private static boolean untilItIs(Callable<Boolean> work) throws Exception {
    while (!work.call()) {
      // What was not recorded comes again, as from the queue.
    }
    return true;
  }

  private void create(SpendLimit budget) {
    String scope =
        budget.user.isEmpty() ? "\"workspace\"" : "\"user\",\"scopeId\":\"" + budget.user + "\"";
    Answer created =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"%s\",\"limitAmount\":%s,\"period\":\"%s\",\"timeZone\":\"%s\",\"scope\":%s,\"alertAt\":%s}"
                .formatted(
                    budget.name, budget.limit, budget.period, budget.zone, scope, budget.lines));
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    ids.put(budget.name, created.text("id"));
  }

  private static List<String> alerts() {
    return stipend.database.rows(AlertRows.ALERTS);
  }

  private static List<String> silent() {
    return stipend.database.rows(AlertRows.SILENT);
  }

  private static String idOf(ModelAlert alert) {
    return stipend.database.value(AlertRows.idOf(alert.key()));
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static void ok(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  /// Until nothing is left to do; time goes on where a lease has to end first.
  private void settle(AlertModel model) {
    model.sweep(stipend.clock.instant());
    settleDatabase();
    while (!"0".equals(stipend.database.value(AlertRows.UNSETTLED))) {
      tick(model, Duration.ofMinutes(1));
      settleDatabase();
    }
    stipend
        .database
        .rows(AlertRows.SENT)
        .forEach(
            row -> {
              int end = row.indexOf('#');
              if (seen.add(row.substring(0, end))) {
                told.add(row.substring(end + 1));
              }
            });
  }

  private static void settleDatabase() {
    boolean done = false;
    while (!done) {
      done =
          Carrier.survives(() -> !stipend.sweep().isEmpty())
              && Carrier.survives(() -> stipend.deliverAlerts() >= 0);
    }
  }

  private static void tick(AlertModel model, Duration duration) {
    setClock(stipend.clock.instant().plus(duration));
    model.sweep(stipend.clock.instant());
    settleDatabase();
  }

  private static void setClock(Instant now) {
    stipend.clock.set(now);
    other.clock.set(now);
  }
}
