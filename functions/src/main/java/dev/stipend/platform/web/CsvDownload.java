package dev.stipend.platform.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;

/// A table for spreadsheets as an answer.
public final class CsvDownload {
  private CsvDownload() {}

  /// The answer.
  ///
  /// @param name of the file
  /// @param path that was asked
  /// @param next the cursor of what is not in the table; it is in the headers `Link` and
  ///     `X-Next-Cursor`
  public static HttpResponse<?> of(
      String table, String name, String path, SentQuery query, Optional<String> next) {
    MutableHttpResponse<String> response =
        HttpResponse.ok(table)
            .contentType(MediaType.TEXT_CSV + ";charset=utf-8;header=present")
            .header("X-Content-Type-Options", "nosniff")
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    next.ifPresent(
        cursor ->
            response
                .header("X-Next-Cursor", cursor)
                .header(
                    HttpHeaders.LINK,
                    "<" + query.with("cursor", cursor).of(path) + ">; rel=\"next\""));
    return response;
  }
}
