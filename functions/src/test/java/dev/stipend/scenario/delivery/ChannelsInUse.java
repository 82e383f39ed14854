package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.http.Requests.Answer;

/// Budgets that name channels, and what becomes of deliveries to them.
final class ChannelsInUse {
  static final String DELIVERIES =
      """
      SELECT coalesce(c.archived_name, c.name), d.status
      FROM stipend.alert_deliveries d
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      ORDER BY d.created_at, 1
      """;

  private ChannelsInUse() {}

  static void budget(Stipend stipend, String name, String extra) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"%s","limitAmount":100,"period":"monthly","scope":"user","scopeId":"u1",%s}\
            """
                .formatted(name, extra));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }
}
