package dev.stipend.support;

import dev.stipend.support.http.Requests.Answer;
import java.math.BigDecimal;

/// Reserves and settles for user `u1` with agent `a1`, as a client of the API.
public final class Holder {
  /// Creates a monthly budget, named for its scope, and answers its id.
  public String budget(
      Stipend stipend, String scope, String scopeId, String limit, boolean hardLimit) {
    return stipend
        .api(
            "POST",
            "/api/budgets",
            """
            {"name":"%s %s","scope":"%s","scopeId":"%s","limitAmount":"%s","hardLimit":%s,
             "period":"monthly"}
            """
                .formatted(scope, scopeId, scope, scopeId, limit, hardLimit))
        .text("id");
  }

  public Answer reserve(Stipend stipend, String estimate) {
    return reserveWork(stipend, "\"estimatedCost\":\"" + estimate + "\"");
  }

  /// Reserves with these fields besides the user and the agent.
  public Answer reserveWork(Stipend stipend, String fields) {
    return stipend.api("POST", "/api/reservations", work(fields));
  }

  public Answer validate(Stipend stipend, String fields) {
    return stipend.api("POST", "/api/budgets/validate", work(fields));
  }

  public Answer settle(Stipend stipend, Answer reserved, String event) {
    return end(stipend, reserved, "settle", event);
  }

  /// Settles, releases or extends what was reserved.
  public Answer end(Stipend stipend, Answer reserved, String how, String body) {
    return stipend.api("POST", "/api/reservations/" + reserved.text("id") + "/" + how, body);
  }

  /// Records spend of the user and the agent past any reservation.
  public void spend(Stipend stipend, String cost) {
    stipend.record(
        """
        {"eventId":"spent-%s","occurredAt":"%s","userId":"u1","agentId":"a1","cost":"%s"}
        """
            .formatted(cost, stipend.clock.instant(), cost));
  }

  /// A price of two millionths for input and ten millionths for output.
  public void price(Stipend stipend) {
    Answer set =
        stipend.api(
            "POST",
            "/api/prices",
            """
            {"provider":"acme","model":"m-1","perMillion":{"input":"2","output":"10"}}
            """);
    if (set.status() != 201) {
      throw new IllegalStateException(set.body());
    }
  }

  public Answer usage(Stipend stipend, String budget, String subject) {
    return stipend.api("GET", "/api/budgets/" + budget + "/usage?subject=" + subject, "");
  }

  /// What a budget's current period shows, in words.
  public String standing(Stipend stipend, String budget, String subject) {
    Answer usage = usage(stipend, budget, subject);
    return "spend " + plain(usage.text("spend")) + " held " + plain(usage.text("held"));
  }

  /// The sum of the ledger.
  public BigDecimal ledger(Stipend stipend) {
    return new BigDecimal(
        stipend.database.value("SELECT coalesce(sum(cost), 0) FROM stipend.usage_logs"));
  }

  private static String work(String fields) {
    return "{\"userId\":\"u1\",\"agentId\":\"a1\"," + fields + "}";
  }

  private static String plain(String amount) {
    return new BigDecimal(amount).stripTrailingZeros().toPlainString();
  }
}
