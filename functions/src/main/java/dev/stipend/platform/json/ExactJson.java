package dev.stipend.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON into plain values: `Map`, `List`, `String`, `BigDecimal`, `Boolean` and null.
public final class ExactJson {
  /// Messages of other systems carry whole conversations and the schemas of tools.
  static final int DEEPEST = 200;

  static final int LONGEST_NUMBER = 64;

  /// More than any body that gets here; callers bound texts from outside further.
  static final int LONGEST_TEXT = 20_000_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ExactJson() {}

  /// Reads one JSON value.
  ///
  /// @throws InvalidJsonException if the text is no JSON, holds more than one value, or is beyond
  ///     the bounds
  public static @Nullable Object parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return only(parser);
    } catch (IOException cannotHappenOnText) {
      throw new UncheckedIOException(cannotHappenOnText);
    }
  }

  /// What stands at a path in a value.
  ///
  /// @param value as {@link #parse} reads it
  /// @param path names of fields, with points between them
  /// @return null also if there is no such field
  public static @Nullable Object at(@Nullable Object value, String path) {
    Object found = value;
    for (String name : path.split("\\.", -1)) {
      found = found instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
    return found;
  }

  private static @Nullable Object only(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        throw new InvalidJsonException("", "The body is empty; JSON is expected.");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new InvalidJsonException("", "The body holds more than one JSON value.");
      }
      return value;
    } catch (JsonProcessingException malformed) {
      throw noJson(
          Malformed.told(
              malformed.getOriginalMessage(), malformed.getLocation(), parser.getParsingContext()));
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  private static BigDecimal number(JsonParser parser) throws IOException {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException exponentTooLarge) {
      throw noJson(
          "a number's exponent is too large"
              + Malformed.where(parser.currentTokenLocation(), parser.getParsingContext()));
    }
  }

  private static InvalidJsonException noJson(String why) {
    return new InvalidJsonException("", "The body is not JSON: " + why);
  }
}
