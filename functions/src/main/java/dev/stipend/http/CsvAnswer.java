package dev.stipend.http;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.SentQuery;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import java.util.Map;
import java.util.Optional;

/// Whether an answer is to be a table for spreadsheets.
public final class CsvAnswer {
  /// The parameter that asks for a table.
  public static final String FORMAT = "format";

  private static final Map<String, Boolean> FORMATS = Map.of("csv", true, "json", false);

  private CsvAnswer() {}

  /// Whether a table is asked for: by the parameter, or by the type that is accepted first.
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
}
