package dev.stipend.console.editor;

import dev.stipend.console.form.Form;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.SeenIds;
import dev.stipend.tenant.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Suggests ids that usage has had, while somebody types one.
@Controller("/budgets/new/ids")
@SignedIn
@Produces(MediaType.TEXT_HTML)
class KnownIdController {
  private static final int MOST = 20;
  private static final String TAG = "tag";

  private final SeenIds seen;
  private final Pages pages;

  KnownIdController(SeenIds seen, Pages pages) {
    this.seen = seen;
    this.pages = pages;
  }

  /// Lists ids of a scope; of tags, what they begin with.
  ///
  /// @param scopeId a text that they have in them
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> scope,
      @QueryValue Optional<String> scopeId) {
    session.require(Role.ADMIN);
    String text = scopeId.map(String::strip).filter(Form::isText).orElse("");
    return pages.show(
        request,
        pages.frame(request, View.BUDGETS),
        "knownids.jte",
        Map.of("ids", ids(session, scope.orElse(""), text)));
  }

  private List<String> ids(Session session, String scope, String text) {
    UUID workspace = session.caller().workspace().id();
    if (scope.equals(TAG)) {
      return seen.tagKeys(workspace, text, MOST).ids().stream().map(key -> key + "=").toList();
    }
    return Dimension.of(scope)
        .map(dimension -> seen.of(workspace, dimension, text, MOST).ids())
        .orElse(List.of());
  }
}
