package dev.stipend.http.openapi;

import dev.stipend.platform.json.JsonText;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.function.Supplier;

/// Describes the API, to programs and to people.
@Controller
class DocumentController {
  /// Nothing but the page itself and its own style.
  private static final String NOTHING_FROM_OUTSIDE =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /// As RFC 9512 registers it.
  private static final String YAML = "application/yaml";

  private final ApiDocument document;

  /// Made once, when somebody asks for it first: the contract does not change while this runs.
  private final Supplier<String> page;

  DocumentController(ApiDocument document, JsonText json) {
    this.document = document;
    this.page = SupplierUtil.memoized(() -> ApiPage.of(document.root(), json).html());
  }

  /// Shows this description as OpenAPI. Needs no key.
  @Get("/openapi.yaml")
  @Produces(YAML)
  String yaml() {
    return document.yaml();
  }

  /// Shows this description as a page for people. Needs no key.
  @Get("/docs")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page() {
    return HttpResponse.ok(page.get())
        .header("Content-Security-Policy", NOTHING_FROM_OUTSIDE)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }
}
