package dev.stipend.bench.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageSampleTest {
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

  private final List<SampleEvent> batch = new UsageSample(7, "e", NOW, UsageSample.BATCH).batch();

  @Test
  void theSameSeedGivesTheSameEvents() {
    assertThat(new UsageSample(7, "e", NOW, UsageSample.BATCH).batch()).isEqualTo(batch);
    assertThat(new UsageSample(8, "e", NOW, UsageSample.BATCH).batch()).isNotEqualTo(batch);
  }

  @Test
  void fiftyUsersTwentyAgentsAndTenModelsMakeUpTheTraffic() {
    assertThat(batch.stream().map(SampleEvent::userId).distinct()).hasSize(50);
    assertThat(batch.stream().map(SampleEvent::agentId).distinct()).hasSize(20);
    assertThat(batch.stream().map(SampleEvent::model).distinct()).hasSize(10);
  }

  @Test
  void everyEventHasItsOwnIdAndATimeWithinTheLastHours() {
    assertThat(batch.stream().map(SampleEvent::eventId).distinct()).hasSize(UsageSample.BATCH);
    assertThat(batch)
        .allSatisfy(
            event -> assertThat(event.occurredAt()).isBetween(NOW.minus(Duration.ofHours(4)), NOW));
  }

  @Test
  void aMessageTellsTheEventInItsNativeForm() {
    SampleEvent event = batch.getFirst();
    assertThat(ExactJson.parse(UsageSample.messages(batch).getRecords().getFirst().getBody()))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("eventId", event.eventId()),
                Map.entry("occurredAt", event.occurredAt().toString()),
                Map.entry("userId", event.userId()),
                Map.entry("agentId", event.agentId()),
                Map.entry("workflowId", event.workflowId()),
                Map.entry("teamId", event.teamId()),
                Map.entry("provider", event.provider()),
                Map.entry("model", event.model()),
                Map.entry("inputTokens", BigDecimal.valueOf(event.input())),
                Map.entry("cachedInputTokens", BigDecimal.valueOf(event.cachedInput())),
                Map.entry("outputTokens", BigDecimal.valueOf(event.output()))));
  }
}
