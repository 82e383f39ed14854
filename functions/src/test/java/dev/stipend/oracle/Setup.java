package dev.stipend.oracle;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Requests.Answer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Asks the API for what a story needs, as people do.
final class Setup {
  private final Stipend stipend;
  private final Map<Place, String> channels = new EnumMap<>(Place.class);

  Setup(Stipend stipend) {
    this.stipend = stipend;
  }

  static String event(String id, String user, BigDecimal cost, Instant at) {
    return """
    {"eventId":"%s","occurredAt":"%s","userId":"%s","model":"m","cost":"%s","kind":"%s"}\
    """
        .formatted(id, at, user, cost, cost.signum() < 0 ? "adjustment" : "usage");
  }

  void channels() {
    channel(
        Place.HOOK,
        "{\"urlSecret\":\"%s\",\"signingSecret\":\"ORACLE_KEY\"}".formatted(Place.HOOK.secret()));
    channel(Place.SLACK, "{\"urlSecret\":\"%s\"}".formatted(Place.SLACK.secret()));
    channel(Place.FALLBACK, "{\"to\":\"" + Inbox.FALLBACK_ADDRESS + "\"}");
  }

  private void channel(Place place, String config) {
    Answer made =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"%s\",\"name\":\"%s\",\"isFallback\":%s,\"config\":%s}"
                .formatted(place.kind, place.title, place == Place.FALLBACK, config));
    Stage.require(made.status() == 201, made.body());
    channels.put(place, made.text("id"));
  }

  String make(Limit limit) {
    String body =
        """
        {"name":"%s","scope":"%s"%s,"period":"%s","timeZone":"%s","limitAmount":"%s","alertAt":%s,
         "hardLimit":%s,"channels":[%s]%s}
        """
            .formatted(
                limit.name(),
                limit.scope(),
                limit.scopeId().isEmpty() ? "" : ",\"scopeId\":\"" + limit.scopeId() + "\"",
                limit.period(),
                limit.zone(),
                limit.amount(),
                limit.lines(),
                limit.hard(),
                limit.places().stream()
                    .map(place -> "\"" + channels.get(place) + "\"")
                    .collect(Collectors.joining(",")),
                limit.period().equals("total")
                    ? ",\"startsAt\":\"" + SettableClock.START + "\""
                    : "");
    Answer made = stipend.api("POST", "/api/budgets", body);
    Stage.require(made.status() == 201, made.body());
    return made.text("id");
  }

  void silence(Optional<String> budgetId, Optional<Place> place, Instant until) {
    String what =
        budgetId
            .map(id -> "\"budgetId\":\"" + id + "\"")
            .orElseGet(() -> "\"channelId\":\"" + channels.get(place.orElseThrow()) + "\"");
    Answer made =
        stipend.api(
            "POST",
            "/api/silences",
            "{%s,\"until\":\"%s\",\"reason\":\"a quiet hour\"}".formatted(what, until));
    Stage.require(made.status() == 201, made.body());
  }

  /// Acknowledges an alert, or snoozes it. Answers whether it was not too late.
  boolean answer(String alert, Optional<Instant> until) {
    Answer answer =
        stipend.api(
            "POST",
            "/api/alerts/" + alert + (until.isPresent() ? "/snooze" : "/acknowledge"),
            until.map(at -> "{\"until\":\"" + at + "\"}").orElse(""));
    Stage.require(answer.status() == 200 || answer.status() == 409, answer.body());
    return answer.status() == 200;
  }

  /// A neighbour has a budget with spend, whose row then gets a time zone that nobody knows.
  void poison() {
    Map<String, String> key = Tenant.key(stipend, "admin", "rival");
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"Mars\",\"scope\":\"user\",\"scopeId\":\"*\",\"period\":\"hourly\",\"limitAmount\":10}",
            key);
    Stage.require(made.status() == 201, made.body());
    String event = event("m" + made.text("id"), "u9", BigDecimal.TEN, stipend.clock.instant());
    Stage.require(stipend.recordFor("rival", event).isEmpty(), event);
    stipend.database.execute(
        "UPDATE stipend.budgets SET time_zone = 'Mars/Olympus' WHERE id = '%s'"
            .formatted(made.text("id")));
  }
}
