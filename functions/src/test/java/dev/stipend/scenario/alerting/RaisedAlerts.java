package dev.stipend.scenario.alerting;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Alerts for tests to react to.
public final class RaisedAlerts {
  private static final Instant START = SettableClock.START;

  public static final String MAILS =
      """
      SELECT a.threshold, d.purpose, d.status
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.kind = 'email'
      ORDER BY a.threshold, d.purpose
      """;

  private RaisedAlerts() {}

  /// A warning at 80 %, staged and not sent. Answers its id.
  public static String raise(Stipend stipend) {
    budget(stipend, "[80,100]");
    spend(stipend, "e1", "80");
    return alerts(stipend, "").getFirst();
  }

  public static String budget(Stipend stipend, String lines) {
    return stipend
        .api(
            "POST",
            "/api/budgets",
            Usage.monthlyBudget("100").replace("{", "{\"alertAt\":" + lines + ","))
        .text("id");
  }

  public static void spend(Stipend stipend, String event, String cost) {
    stipend.record(Usage.costing(event, START, cost));
  }

  public static void refund(Stipend stipend, String cost) {
    stipend.record(
        Usage.costing("refund", START, cost)
            .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
  }

  public static Answer act(Stipend stipend, String alert, String action, String body) {
    return stipend.api("POST", "/api/alerts/" + alert + "/" + action, body);
  }

  public static List<String> alerts(Stipend stipend, String query) {
    return stipend.api("GET", "/api/alerts" + query, "").items().stream()
        .map(item -> String.valueOf(((Map<?, ?>) item).get("id")))
        .toList();
  }
}
