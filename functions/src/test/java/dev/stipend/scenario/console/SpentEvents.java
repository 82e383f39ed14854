package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.JsonText;
import dev.stipend.support.Stipend;

/// Usage that was paid for: events `e0`, `e1` and so on, of project `x`.
final class SpentEvents {
  private final Stipend stipend;
  private int events;

  SpentEvents(Stipend stipend) {
    this.stipend = stipend;
  }

  /// Records one.
  ///
  /// @param user empty for none
  void record(String at, String user, String agent, String cost) {
    String userId = user.isEmpty() ? "" : "\"userId\":" + JsonText.quoted(user) + ",";
    assertThat(
            stipend.record(
                "{\"eventId\":\"e%d\",\"occurredAt\":\"%s\",%s\"agentId\":\"%s\",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"cost\":\"%s\",\"tags\":{\"project\":\"x\"}}"
                    .formatted(events++, at, userId, agent, cost)))
        .isEmpty();
  }
}
