package dev.stipend.scenario.delivery.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.notification.SlackApi;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// A budget whose alerts a Slack app posts as a bot.
@ExtendWith(StipendExtension.class)
abstract class SlackBotPosts {
  static final String POST = "chat.postMessage";
  static final String UPDATE = "chat.update";
  static final String FIRST = "1700000000.000001";
  static final String DELIVERY =
      """
      SELECT d.status, d.last_error
      FROM stipend.alert_deliveries d
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.name = 'Bot'
      """;

  String budget = "";

  @BeforeEach
  void set(Stipend stipend) {
    SlackApi.postsGet(SlackApi.PLACE, FIRST);
    SlackApi.answer(UPDATE, "{\"ok\":true}");
    String channel = SlackApi.channel(stipend, "Bot", SlackApi.PLACE);
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"B","limitAmount":100,"period":"monthly","scope":"workspace","channels":["%s"]}
            """
                .formatted(channel));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    budget = made.text("id");
  }

  static void spend(Stipend stipend, String id, String cost) {
    assertThat(stipend.record(Usage.costing(id, SettableClock.START, cost))).isEqualTo(List.of());
    stipend.deliverAlerts();
  }
}
