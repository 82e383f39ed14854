package dev.stipend.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// Requests and answers as they travel. Every request that gets here may be sent more than once.
final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_ATTEMPTS = 3;
  private static final int LONGEST_REASON = 500;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int PAUSE_GROWTH = 4;

  /// Somebody on the way, or the database, does not answer now.
  private static final Set<Integer> PASSING = Set.of(502, 503, 504);

  private static final int REFUSED = 402;
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String baseUrl;
  private final String key;

  Wire(String baseUrl, String key) {
    this.baseUrl = baseUrl.replaceFirst("/+$", "");
    this.key = key;
  }

  /// The simple fields of an answer; whatever has parts is left out.
  record Fields(Map<String, String> values) {
    Optional<String> text(String name) {
      return Optional.ofNullable(values.get(name));
    }

    Optional<BigDecimal> money(String name) {
      return text(name).map(BigDecimal::new);
    }

    Optional<UUID> id(String name) {
      return text(name).map(UUID::fromString);
    }

    OptionalLong count(String name) {
      return text(name).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    boolean flag(String name) {
      return text(name).filter("true"::equals).isPresent();
    }
  }

  Fields get(String path) {
    return send(request(path).GET().build());
  }

  Fields post(String path, Map<String, ?> body) {
    return send(posting(path, body).build());
  }

  /// Posts what is to be done once, whatever becomes of the answers.
  Fields postOnce(String path, Map<String, ?> body) {
    return send(
        posting(path, body).header("Idempotency-Key", UUID.randomUUID().toString()).build());
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .timeout(PATIENCE)
        .header("X-API-Key", key);
  }

  private HttpRequest.Builder posting(String path, Map<String, ?> body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(written(body)));
  }

  private Fields send(HttpRequest request) {
    Duration pause = FIRST_PAUSE;
    try {
      for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
        try {
          HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
          if (!PASSING.contains(response.statusCode())) {
            return answered(response);
          }
        } catch (IOException lost) {
          // The next attempt tells, and the last one fails.
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(PAUSE_GROWTH);
      }
      return answered(http.send(request, BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new StipendException(baseUrl + " does not answer: " + failure, failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StipendException("Interrupted while asking " + baseUrl, stopped);
    }
  }

  private static Fields answered(HttpResponse<String> response) throws IOException {
    int status = response.statusCode();
    boolean isJson =
        response.headers().firstValue("Content-Type").filter(t -> t.contains("json")).isPresent();
    Fields fields = new Fields(isJson ? read(response.body()) : Map.of());
    if (status == REFUSED && fields.text("decisionId").isPresent()) {
      throw new BudgetExceededException(status, fields);
    }
    if (status < 200 || status >= 300) {
      throw new StipendException(
          status,
          "%s answered %d: %s"
              .formatted(
                  response.uri(), status, fields.text("detail").orElse(begin(response.body()))));
    }
    return fields;
  }

  /// What is no problem tells its reasons otherwise, such as usage of which every event is
  /// rejected.
  private static String begin(String body) {
    return body.length() > LONGEST_REASON ? body.substring(0, LONGEST_REASON) + "…" : body;
  }

  private static Map<String, String> read(String body) throws IOException {
    Map<String, String> values = new HashMap<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return values;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (value.isStructStart()) {
          parser.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
          values.put(name, parser.getText());
        }
      }
    }
    return values;
  }

  private static String written(Map<String, ?> body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, body);
    } catch (IOException cannotHappenOnText) {
      throw new UncheckedIOException(cannotHappenOnText);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> fields -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          json.writeFieldName(String.valueOf(field.getKey()));
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      default -> json.writeString(value.toString());
    }
  }
}
