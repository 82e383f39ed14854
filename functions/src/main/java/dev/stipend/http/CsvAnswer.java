package dev.stipend.http;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.SentQuery;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.Map;
import java.util.Optional;

/// Answers as tables for spreadsheets, where that is asked for.
public final class CsvAnswer {
  /// The parameter that asks for a table.
  public static final String FORMAT = "format";

  private static final Map<String, Boolean> FORMATS = Map.of("csv", true, "json", false);

  private CsvAnswer() {}

  /// Whether a table is asked for: by the parameter, or by the only type that is accepted.
  ///
  /// @throws InvalidJsonException if another format is asked for
  public static boolean isAsked(SentQuery query, ApiRequest request) {
    Optional<String> format = query.only(FORMAT);
    if (format.filter(name -> !FORMATS.containsKey(name)).isPresent()) {
      throw new InvalidJsonException(FORMAT, "must be csv or json");
    }
    return format
        .map(name -> FORMATS.getOrDefault(name, false))
        .orElseGet(() -> request.header(HttpHeaders.ACCEPT).filter(CsvAnswer::isCsv).isPresent());
  }

  private static boolean isCsv(String accepted) {
    return accepted.startsWith(MediaType.TEXT_CSV);
  }

  /// A table.
  ///
  /// @param name of the file
  /// @param next the cursor of what is not in it; it is in the headers `Link` and `X-Next-Cursor`
  public static HttpResponse<?> of(
      String table, String name, String path, SentQuery query, Optional<String> next) {
    MutableHttpResponse<String> response =
        HttpResponse.ok(table)
            .contentType(MediaType.TEXT_CSV + ";charset=utf-8;header=present")
            .header("X-Content-Type-Options", "nosniff")
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
