package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The headers of an answer, which Micronaut writes twice: once with one value each, once with all.
///
/// @param response of which they are; changed here
record ResponseHeaders(APIGatewayV2HTTPResponse response) {
  /// The value of a header, whatever the case of its name.
  Optional<String> find(String name) {
    return values().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  void remove(String name) {
    Map<String, String> values = new HashMap<>(values());
    values.keySet().removeIf(name::equalsIgnoreCase);
    response.setHeaders(values);
    Map<String, List<String>> lists = new HashMap<>(lists());
    lists.keySet().removeIf(name::equalsIgnoreCase);
    response.setMultiValueHeaders(lists);
  }

  void set(String name, String value) {
    remove(name);
    response.getHeaders().put(name, value);
    response.getMultiValueHeaders().put(name, List.of(value));
  }

  private Map<String, String> values() {
    return Objects.requireNonNullElse(response.getHeaders(), Map.of());
  }

  private Map<String, List<String>> lists() {
    return Objects.requireNonNullElse(response.getMultiValueHeaders(), Map.of());
  }
}
