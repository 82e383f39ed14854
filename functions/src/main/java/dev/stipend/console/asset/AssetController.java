package dev.stipend.console.asset;

import dev.stipend.console.problem.ConsoleProblem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import java.util.Locale;
import java.util.Optional;

/// Serves the files that pages need, to everybody: they say nothing of anyone.
@Controller(Asset.FOLDER)
class AssetController {
  /// Another content has another name.
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  @Get("/{name}")
  @Produces(MediaType.ALL)
  HttpResponse<byte[]> get(HttpRequest<?> request, @PathVariable String name) {
    Asset asset =
        Asset.all()
            .filter(each -> each.fileName().equals(name))
            .findFirst()
            .orElseThrow(() -> ConsoleProblem.notFound("problem.page.detail"));
    boolean isCompressed = takesGzip(request);
    MutableHttpResponse<byte[]> response =
        HttpResponse.ok(isCompressed ? asset.compressed() : asset.plain())
            .contentType(asset.contentType())
            .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
            .header("X-Content-Type-Options", "nosniff")
            .header("Cross-Origin-Resource-Policy", "same-origin");
    return isCompressed ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip") : response;
  }

  private static boolean takesGzip(HttpRequest<?> request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING))
        .filter(
            codings ->
                codings
                    .toLowerCase(Locale.ROOT)
                    .matches("(?s).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*"))
        .isPresent();
  }
}
