package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.console.form.Form;
import dev.stipend.console.page.Address;
import dev.stipend.platform.web.SentBody;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.net.URI;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a form about a budget sends.
///
/// @param fields as people typed them
public record DeedForm(Map<String, String> fields) {
  private static final int LONGEST = 64 * 1024;
  private static final String SUBJECT = "subject";

  /// The forms of a page that was just opened.
  static final DeedForm EMPTY = new DeedForm(Map.of());

  static DeedForm sent(HttpRequest<?> request) {
    return new DeedForm(SentBody.form(request, LONGEST));
  }

  public String value(String field) {
    return fields.getOrDefault(field, "");
  }

  /// Whom it is about, of a budget that counts each id apart.
  Optional<String> subject() {
    return Optional.of(value(SUBJECT)).filter(text -> !text.isEmpty());
  }

  /// An increase as a body of the API.
  Map<String, Object> increase(Budget budget) {
    Map<String, Object> body = timed(budget.cadence().zone(), "raise-until", "raise-reason");
    put(body, "amount", value("amount").strip());
    if (budget.isEach()) {
      put(body, SUBJECT, value(SUBJECT));
    }
    return body;
  }

  /// A silence as a body of the API.
  Map<String, Object> silence(Budget budget) {
    Map<String, Object> body = timed(budget.cadence().zone(), "silence-until", "silence-reason");
    body.put("budgetId", budget.id().toString());
    if (budget.isEach()) {
      put(body, "scopeId", value(SUBJECT));
    }
    return body;
  }

  private Map<String, Object> timed(ZoneId zone, String until, String reason) {
    Map<String, Object> body = new HashMap<>();
    put(body, "until", Form.instant(value(until), zone));
    put(body, "reason", value(reason).strip());
    return body;
  }

  private static void put(Map<String, Object> body, String field, String text) {
    if (!text.isEmpty()) {
      body.put(field, text);
    }
  }

  /// Leads to the page of the budget, or of the id that the form is about.
  HttpResponse<?> back(Budget budget, String done) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (budget.isEach()) {
      parameters.put(SUBJECT, value(SUBJECT));
    }
    parameters.put("done", done);
    return HttpResponse.seeOther(
            URI.create(Address.of(BoardAddress.PATH + "/" + budget.id(), parameters)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
