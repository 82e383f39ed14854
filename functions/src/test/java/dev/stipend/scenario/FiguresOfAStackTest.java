package dev.stipend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stipend.json.ExactJson;
import dev.stipend.support.Holder;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import java.math.BigDecimal;
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
