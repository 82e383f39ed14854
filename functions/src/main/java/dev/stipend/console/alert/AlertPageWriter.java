package dev.stipend.console.alert;

import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.evaluation.ThresholdStatus;
import dev.stipend.budget.Budget;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Matter;
import dev.stipend.notification.delivery.DeliveryRecord;
import dev.stipend.notification.delivery.DeliveryStatus;
import dev.stipend.notification.review.AlertContext;
import dev.stipend.notification.review.Explanation;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts an alert into words.
final class AlertPageWriter {
  private static final Set<String> SENDABLE =
      Set.of(Labels.of(DeliveryStatus.SENT), Labels.of(DeliveryStatus.FAILED));

  private final Workspace workspace;
  private final ConsoleText text;
  private final Map<String, String> people;
  private final Instant now;

  /// @param people what users are called, by their ids
  AlertPageWriter(Workspace workspace, ConsoleText text, Map<String, String> people, Instant now) {
    this.workspace = workspace;
    this.text = text;
    this.people = people;
    this.now = now;
  }

  AlertPageModel write(
      AlertRecord alert,
      AlertContext context,
      List<Contributor> contributors,
      List<DeliveryRecord> deliveries,
      Optional<Explanation> explanation,
      Optional<Done> done) {
    ZoneId zone = AlertRowModel.zone(context, workspace);
    return new AlertPageModel(
        AlertRowModel.of(alert, context, workspace, text, now),
        AlertListModel.PATH + "/" + alert.id(),
        budgetPath(alert, context),
        period(alert.period(), zone),
        contributors.stream().map(this::part).toList(),
        deliveries.stream().map(delivery -> told(delivery, zone)).toList(),
        explanation.stream()
            .flatMap(each -> each.lines().stream().map(line -> line(each, line, zone)))
            .toList(),
        deliveries.stream().anyMatch(delivery -> SENDABLE.contains(delivery.status())),
        context
            .budget()
            .flatMap(budget -> Raise.until(alert, budget, now))
            .map(until -> text.time(until, zone)),
        done.map(each -> each.sentence(text)).orElse(""));
  }

  private String period(Period period, ZoneId zone) {
    String start = text.time(period.start(), zone).text();
    return period.end().isBefore(Period.FOREVER)
        ? text.say("alert.period.ends", start, text.time(period.end(), zone).text())
        : text.say("alert.period.endless", start);
  }

  /// A budget that counts each id apart has a page for each.
  private static String budgetPath(AlertRecord alert, AlertContext context) {
    String path = "/budgets/" + alert.budgetId();
    return context.budget().filter(Budget::isEach).isPresent()
        ? path + "?subject=" + URLEncoder.encode(alert.subject(), StandardCharsets.UTF_8)
        : path;
  }

  private AlertPageModel.Part part(Contributor contributor) {
    return new AlertPageModel.Part(
        text.name("scope", contributor.dimension()),
        contributor.id(),
        contributor.belongsToUser() ? people.getOrDefault(contributor.id(), "") : "",
        text.amount(contributor.spend(), workspace.currency()),
        text.percent(contributor.share()));
  }

  private AlertPageModel.Told told(DeliveryRecord delivery, ZoneId zone) {
    List<String> notes = new ArrayList<>();
    if (delivery.suppressedBy().isEmpty()) {
      delivery.lastError().ifPresent(notes::add);
    }
    notes.addAll(silence(delivery, zone));
    delivery
        .nextAttemptAt()
        .ifPresent(at -> notes.add(text.say("alert.next-attempt", text.time(at, zone).text())));
    return new AlertPageModel.Told(
        delivery.channel(),
        text.say("alert.kind." + delivery.kind()),
        text.say("alert.purpose." + delivery.purpose()),
        text.say("alert.status." + delivery.status()),
        switch (Labels.parse(DeliveryStatus.class, delivery.status())) {
          case SENT -> "good";
          case FAILED -> "over";
          case RETRYING, SUPPRESSED -> "risk";
          case PENDING, SENDING -> "";
        },
        text.count(delivery.attempts()),
        delivery.sentAt().map(at -> text.time(at, zone)),
        notes);
  }

  private AlertPageModel.Line line(Explanation explanation, ThresholdStatus line, ZoneId zone) {
    List<String> notes = new ArrayList<>();
    explanation.suppressed(line).ifPresent(delivery -> notes.addAll(silence(delivery, zone)));
    line.missing()
        .ifPresent(
            amount ->
                notes.add(
                    text.say("alert.missing", text.amount(amount, workspace.currency()).text())));
    line.nextLookAt()
        .ifPresent(at -> notes.add(text.say("alert.next-look", text.time(at, zone).text())));
    String severity = Labels.of(line.line().severity());
    return new AlertPageModel.Line(
        Matter.of(line.line().type(), line.line().percent(), text),
        severity,
        text.say("alerts.severity." + severity),
        line.met(),
        text.say(line.met() ? "alert.met" : "alert.not-met"),
        text.reason(line.figures(), workspace.currency(), zone),
        text.say("alert.outcome." + Labels.of(line.outcome())),
        notes);
  }

  /// What keeps a delivery from people.
  private List<String> silence(DeliveryRecord delivery, ZoneId zone) {
    List<String> notes = new ArrayList<>();
    delivery.suppressedBy().ifPresent(why -> notes.add(text.say("alert.suppressed-by", why)));
    delivery
        .suppressedUntil()
        .ifPresent(at -> notes.add(text.say("alert.suppressed-until", text.time(at, zone).text())));
    return notes;
  }
}
