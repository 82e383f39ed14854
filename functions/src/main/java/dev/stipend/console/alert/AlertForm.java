package dev.stipend.console.alert;

import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.ReturnPath;
import dev.stipend.platform.web.SentBody;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a form about alerts sends.
final class AlertForm {
  private static final String CHECKED = "alert";
  private static final int MOST_CHECKED = 200;
  private static final int LONGEST = 64 * 1024;

  private final HttpRequest<?> request;
  private final Map<String, String> fields;

  AlertForm(HttpRequest<?> request) {
    this.request = request;
    this.fields = SentBody.form(request, LONGEST);
  }

  /// The ids of the alerts that are checked.
  List<String> checked() {
    List<String> ids = SentBody.values(request, LONGEST, CHECKED).stream().distinct().toList();
    if (ids.size() > MOST_CHECKED) {
      throw new ConsoleProblem(
          ConsoleProblem.Kind.INVALID, "alerts.too-many.detail", Integer.toString(MOST_CHECKED));
    }
    return ids;
  }

  /// For how long.
  Snooze snooze() {
    return Snooze.of(Optional.ofNullable(fields.get(Snooze.FIELD)))
        .orElseThrow(
            () -> new ConsoleProblem(ConsoleProblem.Kind.INVALID, "alerts.no-time.detail"));
  }

  BudgetEdit raise(AlertRecord alert, Budget budget, Caller caller, Instant now) {
    return Raise.of(fields, alert, budget, caller, now);
  }

  /// Leads to the page that it was on.
  HttpResponse<?> back(Done done) {
    Optional<String> asked = Optional.ofNullable(fields.get(ReturnPath.PARAMETER));
    String path = asked.isPresent() ? ReturnPath.of(asked) : AlertListModel.PATH;
    return HttpResponse.seeOther(URI.create(done.after(path)))
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
