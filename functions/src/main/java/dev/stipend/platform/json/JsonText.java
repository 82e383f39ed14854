package dev.stipend.platform.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/// JSON that Stipend itself writes, as text, and reads back.
@Singleton
public class JsonText {
  private final JsonMapper mapper;

  JsonText(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// A text as a JSON string, in its quotes.
  public static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }

  /// Reads what {@link #write} wrote.
  public <T> T read(String text, Argument<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (IOException notWrittenByStipend) {
      throw new UncheckedIOException(notWrittenByStipend);
    }
  }
}
