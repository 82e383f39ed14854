package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.notification.SlackApi;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What CloudWatch is told, as it reads it.
class FiguresOfAStackTest {
  /// What goes to the log as it is, while this is open.
  private static final class Lines implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("metrics");
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    Lines() {
      events.start();
      logger.addAppender(events);
    }

    List<String> all() {
      return List.copyOf(events.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
      logger.detachAppender(events);
    }
  }

  @Test
  void usageAndRefusalsAreCountedUnderTheNameOfTheStack() {
    try (Stipend stipend =
        new Stipend(TestServers.newDatabase(), Map.of("stipend.stack", "blue"))) {
      new Holder().budget(stipend, "user", "capped", "1", true);
      Map<String, BigDecimal> counted = new HashMap<>();
      try (Lines log = new Lines()) {
        String event =
            """
            {"eventId":"%s","occurredAt":"2026-06-15T11:00:00Z","userId":"u","agentId":"a","model":"%s","provider":"p",%s}
            """;
        stipend.record(
            event.formatted("one", "m", "\"cost\":\"0.10\""),
            event.formatted("two", "of-no-list", "\"inputTokens\":5,\"outputTokens\":5"),
            event.formatted("three", "m", "\"cost\":\"-\""));
        stipend.record(event.formatted("one", "m", "\"cost\":\"0.10\""));
        stipend.api("POST", "/api/reservations", "{\"userId\":\"capped\",\"estimatedCost\":\"2\"}");
        log.all().forEach(line -> add(line, counted));
      }
      assertThat(counted)
          .containsEntry("EventsRecorded", new BigDecimal(2))
          .containsEntry("EventsDuplicate", BigDecimal.ONE)
          .containsEntry("EventsRejected", BigDecimal.ONE)
          .containsEntry("EventsUnpriced", BigDecimal.ONE)
          .containsEntry("ReserveDenials", BigDecimal.ONE);
    }
  }

  /// With Slack where the tests have it.
  private static Stipend withSlack(String stack) {
    return new Stipend(
        TestServers.newDatabase(),
        Map.of(
            "stipend.stack",
            stack,
            "slack.api.url",
            TestServers.HTTP.url("/slack-api"),
            "slack.pace",
            "0s"));
  }

  @Test
  void alertsAndWhatBecameOfThemAreCounted() {
    try (Stipend stipend = withSlack("blue")) {
      String channel = SlackApi.channel(stipend, "Bot", SlackApi.PLACE);
      stipend.api(
          "POST",
          "/api/budgets",
          """
          {"name":"B","limitAmount":100,"period":"daily","scope":"user","scopeId":"*","hardLimit":true,
          "channels":["%s"]}
          """
              .formatted(channel));
      stipend.clock.tick(Duration.ofMinutes(1));
      assertThat(afterSpending(stipend, "u1", "{\"ok\":true,\"channel\":\"C0\",\"ts\":\"1.1\"}"))
          .containsEntry("AlertsRaised", BigDecimal.TWO)
          .containsEntry("EvaluationLag", BigDecimal.ZERO)
          .containsEntry("DeliveriesSent", BigDecimal.ONE)
          .doesNotContainKeys("DeliveriesFailed", "DeliveriesRetried")
          .hasEntrySatisfying(
              "Overshoot", percent -> assertThat(percent).isEqualByComparingTo("30"));
      assertThat(afterSpending(stipend, "u2", "{\"ok\":false,\"error\":\"ratelimited\"}"))
          .containsEntry("DeliveriesRetried", BigDecimal.ONE)
          .doesNotContainKeys("DeliveriesFailed", "DeliveriesSent");
      assertThat(afterSpending(stipend, "u3", "{\"ok\":false,\"error\":\"is_archived\"}"))
          .containsEntry("DeliveriesFailed", BigDecimal.TWO)
          .doesNotContainKeys("DeliveriesRetried", "DeliveriesSent");
    }
  }

  @Test
  void whatIsSetAsideIsCounted() {
    try (Stipend stipend = withSlack("blue")) {
      stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
      stipend.database.execute("UPDATE stipend.budgets SET time_zone = 'Mars/Base'");
      stipend.record(Usage.costing("e", SettableClock.START, "10"));
      Map<String, BigDecimal> counted = new HashMap<>();
      try (Lines log = new Lines()) {
        stipend.sweep();
        log.all().forEach(line -> add(line, counted));
      }
      assertThat(counted)
          .containsEntry("SetAside", BigDecimal.ONE)
          .doesNotContainKey("SweepStepsFailed");
    }
  }

  /// A period that ends has waited for nobody.
  @Test
  void theEndOfAPeriodIsNoLag() {
    try (Stipend stipend = withSlack("blue")) {
      stipend.api(
          "POST",
          "/api/budgets",
          "{\"name\":\"B\",\"limitAmount\":100,\"period\":\"daily\",\"scope\":\"workspace\"}");
      stipend.record(Usage.costing("e", SettableClock.START, "10"));
      stipend.clock.tick(Duration.ofDays(2));
      Map<String, BigDecimal> counted = new HashMap<>();
      try (Lines log = new Lines()) {
        assertThat(stipend.sweep()).containsEntry("rolledOver", 1);
        log.all().forEach(line -> add(line, counted));
      }
      assertThat(counted).doesNotContainKey("EvaluationLag");
    }
  }

  private static Map<String, BigDecimal> afterSpending(
      Stipend stipend, String user, String slacksAnswer) {
    SlackApi.answer("chat.postMessage", slacksAnswer);
    Map<String, BigDecimal> counted = new HashMap<>();
    try (Lines log = new Lines()) {
      stipend.record(
          "{\"eventId\":\"%s\",\"occurredAt\":\"%s\",\"userId\":\"%s\",\"model\":\"m\",\"cost\":\"130\"}"
              .formatted(user, stipend.clock.instant(), user));
      stipend.deliverAlerts();
      log.all().forEach(line -> add(line, counted));
    }
    return counted;
  }

  /// What a line of the log is about is in fields of its own, for whoever looks for one alert.
  @Test
  void linesAboutAnAlertNameItInTheirFields() {
    try (Stipend stipend = withSlack("");
        CapturedLog log = CapturedLog.start()) {
      String channel = SlackApi.channel(stipend, "Bot", SlackApi.PLACE);
      SlackApi.answer("chat.postMessage", "{\"ok\":false,\"error\":\"is_archived\"}");
      String budget =
          stipend
              .api(
                  "POST",
                  "/api/budgets",
                  "{\"name\":\"B\",\"limitAmount\":100,\"period\":\"daily\",\"scope\":\"workspace\",\"channels\":[\"%s\"]}"
                      .formatted(channel))
              .text("id");
      stipend.record(Usage.costing("e", SettableClock.START, "90"));
      stipend.deliverAlerts();
      String alert = stipend.database.value("SELECT id FROM stipend.alert_logs");

      assertThat(log.fields("Alert raised: LIMIT_WARNING"))
          .containsEntry("alertId", alert)
          .containsEntry("budgetId", budget)
          .containsKey("workspaceId");
      assertThat(log.fields("failed: Slack refused the message: is_archived"))
          .containsEntry("alertId", alert)
          .containsEntry("channelId", channel)
          .containsKey("workspaceId");
    }
  }

  @Test
  void withoutAStackNothingIsWritten() {
    try (Stipend stipend = new Stipend(TestServers.newDatabase(), Map.of());
        Lines log = new Lines()) {
      stipend.record(
          "{\"eventId\":\"e\",\"occurredAt\":\"2026-06-15T11:00:00Z\",\"userId\":\"u\",\"agentId\":\"a\",\"model\":\"m\",\"provider\":\"p\",\"cost\":\"1\"}");
      assertThat(log.all()).isEmpty();
    }
  }

  /// Reads a line as CloudWatch does: the names that are declared, under the dimension declared.
  private static void add(String line, Map<String, BigDecimal> counted) {
    Map<?, ?> figures =
        (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(line.substring(line.indexOf('{'))));
    Map<?, ?> head = (Map<?, ?>) Objects.requireNonNull(figures.get("_aws"));
    Map<?, ?> declared =
        (Map<?, ?>) ((List<?>) Objects.requireNonNull(head.get("CloudWatchMetrics"))).getFirst();
    assertThat(declared.get("Namespace")).isEqualTo("Stipend");
    assertThat(declared.get("Dimensions")).isEqualTo(List.of(List.of("Stack")));
    assertThat(figures.get("Stack")).isEqualTo("blue");
    for (Object metric : (List<?>) Objects.requireNonNull(declared.get("Metrics"))) {
      String name = String.valueOf(((Map<?, ?>) metric).get("Name"));
      counted.merge(name, (BigDecimal) Objects.requireNonNull(figures.get(name)), BigDecimal::add);
    }
  }
}
