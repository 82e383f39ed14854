package dev.stipend.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.stipend.local.catcher.CaughtMail;
import dev.stipend.local.catcher.CaughtSlackMessage;
import dev.stipend.local.catcher.CaughtWebhook;
import dev.stipend.local.catcher.MailCatcher;
import dev.stipend.local.catcher.SlackCatcher;
import dev.stipend.local.catcher.WebhookCatcher;
import dev.stipend.local.http.Replies;
import dev.stipend.local.report.LedgerReport;
import dev.stipend.local.report.LedgerTotals;
import dev.stipend.local.report.ReportedPeriod;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The page that shows what Slack, mail and webhooks would have, beside the budgets, and the JSON
/// it polls.
final class CaughtMessages implements HttpHandler {

  static final String PATH = "/local";
  static final String STATE_PATH = PATH + "/state";

  /// The page asks each second: it is told of no more than these, the closest to their limit.
  private static final int MOST_BUDGETS = 100;

  private final LedgerReport report;
  private final Clock clock;
  private final Optional<SlackCatcher> slack;
  private final Optional<MailCatcher> mail;
  private final Optional<WebhookCatcher> webhooks;
  private final JsonMapper json;
  private final byte[] page;

  /// @param slack empty when the real Slack is used
  /// @param mail empty when real mail is sent
  /// @param webhooks empty when they go to a real receiver
  CaughtMessages(
      LedgerReport report,
      Clock clock,
      Optional<SlackCatcher> slack,
      Optional<MailCatcher> mail,
      Optional<WebhookCatcher> webhooks,
      JsonMapper json) {
    this.report = report;
    this.clock = clock;
    this.slack = slack;
    this.mail = mail;
    this.webhooks = webhooks;
    this.json = json;
    try (InputStream in =
        Objects.requireNonNull(CaughtMessages.class.getResourceAsStream("caught.html"))) {
      this.page = in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("caught.html cannot be read", e);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case PATH, PATH + "/" -> Replies.send(exchange, 200, "text/html; charset=utf-8", page);
      case STATE_PATH -> Replies.json(exchange, 200, json.writeValueAsString(state()));
      default -> Replies.json(exchange, 404, "{\"message\":\"Not Found\"}");
    }
  }

  private Map<String, Object> state() {
    Instant now = clock.instant();
    LedgerTotals totals = report.totals();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("now", now.toString());
    state.put("events", totals.events());
    state.put("spend", money(totals.spend()));
    state.put("currency", totals.currency());
    List<ReportedPeriod> current = report.current(now, MOST_BUDGETS + 1);
    state.put("budgets", current.stream().limit(MOST_BUDGETS).map(CaughtMessages::budget).toList());
    state.put("more", current.size() > MOST_BUDGETS);
    slack.ifPresent(
        catcher ->
            state.put(
                "slack",
                catcher.newestFirst().stream().map(CaughtMessages::slackMessage).toList()));
    mail.ifPresent(
        catcher ->
            state.put(
                "mail", catcher.newestFirst().stream().map(CaughtMessages::mailMessage).toList()));
    webhooks.ifPresent(
        catcher ->
            state.put(
                "webhooks", catcher.newestFirst().stream().map(CaughtMessages::webhook).toList()));
    return state;
  }

  private static Map<String, Object> budget(ReportedPeriod period) {
    Map<String, Object> budget = new LinkedHashMap<>();
    budget.put("id", period.budgetId());
    budget.put("name", period.budget());
    budget.put("scope", period.scope());
    budget.put("subject", period.subject());
    budget.put("period", period.kind());
    budget.put("zone", period.zone().getId());
    budget.put("until", period.until().toString());
    budget.put("spend", money(period.spend()));
    budget.put("limit", money(period.limit()));
    budget.put("percent", period.percent().map(BigDecimal::toPlainString).orElse(""));
    budget.put("requests", period.requests());
    budget.put("alerts", period.alerts().stream().map(CaughtMessages::alert).toList());
    return budget;
  }

  private static Map<String, Object> alert(ReportedPeriod.Alert alert) {
    return Map.of(
        "type", alert.type(),
        "threshold", alert.threshold().toPlainString(),
        "state", alert.state(),
        "deliveries", alert.deliveries(),
        "at", alert.raisedAt().toString());
  }

  private static Map<String, Object> slackMessage(CaughtSlackMessage message) {
    return Map.of("at", message.at().toString(), "payload", message.payload());
  }

  private static Map<String, Object> mailMessage(CaughtMail mail) {
    String html = mail.html();
    for (String contentId : mail.pictures().keySet()) {
      html = html.replace("cid:" + contentId, MailCatcher.PATH + mail.id() + "/" + contentId);
    }
    return Map.of(
        "at", mail.at().toString(),
        "from", mail.from(),
        "to", mail.to(),
        "subject", mail.subject(),
        "headers", mail.headers(),
        "text", mail.text(),
        "html", html);
  }

  private static Map<String, Object> webhook(CaughtWebhook webhook) {
    return Map.of("at", webhook.at().toString(), "id", webhook.id(), "payload", webhook.payload());
  }

  /// Money travels as text, like in the API.
  private static String money(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
