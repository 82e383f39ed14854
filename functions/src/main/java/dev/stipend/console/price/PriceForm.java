package dev.stipend.console.price;

import dev.stipend.console.form.Form;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.PriceReader;
import dev.stipend.ingest.price.TokenKind;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The form of a price.
final class PriceForm {
  static final String PER_MILLION = "perMillion";
  private static final String ALIASES = "aliases";
  private static final String RATES = "rates";

  private PriceForm() {}

  /// The kinds of tokens that must have a price, or those that may.
  static List<String> kinds(boolean required) {
    return Stream.of(TokenKind.values())
        .filter(kind -> kind.isRequired() == required)
        .map(TokenKind::label)
        .toList();
  }

  /// The price that is filled in.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  static NewPrice read(Form form, PriceReader reader) {
    Map<String, Object> body =
        new LinkedHashMap<>(form.texts("provider", "model", "effectiveFrom", "source", "quotedOn"));
    body.put(PER_MILLION, form.below(PER_MILLION));
    form.filled(ALIASES)
        .ifPresent(
            text ->
                body.put(
                    ALIASES,
                    Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .filter(alias -> !alias.isEmpty())
                        .toList()));
    form.filled(RATES).ifPresent(text -> body.put(RATES, json(text)));
    return reader.read(body);
  }

  private static Object json(String text) {
    try {
      Object json = ExactJson.parse(text);
      return json == null ? List.of() : json;
    } catch (InvalidJsonException none) {
      throw new InvalidJsonException(RATES, "must be JSON, a list as the API has it");
    }
  }
}
