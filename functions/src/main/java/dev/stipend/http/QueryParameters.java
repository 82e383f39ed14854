package dev.stipend.http;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.Ids;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads parameters of a query.
public final class QueryParameters {
  private QueryParameters() {}

  /// What a label stands for.
  ///
  /// @param choices what may be asked for, by its label, in the order in which an error names them
  /// @throws InvalidJsonException if it is none of the choices
  public static <T> Optional<T> choice(String name, Optional<String> text, Map<String, T> choices) {
    return text.map(
        label ->
            Optional.ofNullable(choices.get(label))
                .orElseThrow(
                    () ->
                        new InvalidJsonException(
                            name, "must be one of " + String.join(", ", choices.keySet()))));
  }

  /// A yes or no.
  ///
  /// @throws InvalidJsonException if it is neither
  public static Optional<Boolean> bool(String name, Optional<String> text) {
    return text.map(
        sent ->
            switch (sent) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new InvalidJsonException(name, "must be true or false");
            });
  }

  /// The budget that is asked for.
  ///
  /// @throws InvalidJsonException if it is no id
  public static Optional<UUID> budget(String name, Optional<String> text) {
    return text.map(
        id ->
            Ids.parse(id)
                .orElseThrow(() -> new InvalidJsonException(name, "must be a budget's id")));
  }
}
