package dev.stipend.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.serde.ObjectMapper;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.tags.Tag;

/// Describes the API, to programs and to people.
@OpenAPIDefinition(
    info =
        @Info(
            title = "Stipend",
            version = "1",
            license = @License(name = "Apache-2.0"),
            description =
                """
                Budgets for what AI agents spend: who may spend how much in which period, what was \
                spent, and who was told.

                Send JSON in UTF-8, and your key in the header X-API-Key; it tells your workspace, \
                and nothing outside it can be seen. Amounts in answers are decimals as text; \
                requests take a number or a text. Times are ISO 8601 in UTC.

                Lists page: send the nextCursor of a page as cursor to get the next one; the last \
                page has none. Errors are problems (RFC 9457), which name every wrong field at \
                once."""))
@Tag(name = "Operation")
@Controller
class DocumentController {
  /// Nothing but the page itself and its own style.
  private static final String NOTHING_FROM_OUTSIDE =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final ApiDocument document;
  private final ObjectMapper json;

  DocumentController(ApiDocument document, ObjectMapper json) {
    this.document = document;
    this.json = json;
  }

  /// Shows this description as OpenAPI. Needs no key.
  @Get("/openapi.yaml")
  @Produces(MediaType.APPLICATION_YAML)
  String yaml() {
    return document.yaml();
  }

  /// Shows this description as a page for people. Needs no key.
  @Get("/docs")
  @Produces(MediaType.TEXT_HTML)
  HttpResponse<String> page() {
    return HttpResponse.ok(ApiPage.of(document.root(), json).html())
        .header("Content-Security-Policy", NOTHING_FROM_OUTSIDE)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }
}
