package dev.stipend.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Reads some numbers of a JSON object, exactly, and passes over everything else, whatever its
/// size: for texts of our own making, which have no bounds.
public final class TopLevelNumbers {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private TopLevelNumbers() {}

  /// Reads the fields of these names that are numbers.
  ///
  /// @throws IOException if the text is not one JSON object
  public static Map<String, BigDecimal> read(String text, Set<String> names) throws IOException {
    Map<String, BigDecimal> numbers = new HashMap<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a line is no JSON object");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (value.isNumeric() && names.contains(name)) {
          numbers.put(name, parser.getDecimalValue());
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new IOException("a line holds more than one JSON object");
      }
    }
    return numbers;
  }
}
