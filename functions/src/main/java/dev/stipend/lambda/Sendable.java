package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes of an event what HTTP could have carried. HTTP APIs hand paths on decoded, and an event
/// may hold whatever its sender wrote; Micronaut fails over either, as if the server were at fault.
final class Sendable {
  private static final Set<String> WITH_A_BODY = Set.of("POST", "PUT", "PATCH");
  private static final String JSON = "application/json";
  private static final Pattern NOT_IN_A_PATH =
      Pattern.compile("[^A-Za-z0-9/._~!$&()*+,;=:@%-]+|%(?![0-9A-Fa-f]{2})");
  private static final Pattern NOT_IN_A_HEADER = Pattern.compile("[^\\x20-\\x7e]");

  /// Replaces a value that cannot be sent, and differs from every real value.
  private static final String REPLACEMENT = "\ufffd";

  private Sendable() {}

  static void make(APIGatewayV2HTTPEvent event) {
    if (isMissingItsObject(event)) {
      event.setBody("{}");
      event.setIsBase64Encoded(false);
    }
    event.setRawPath(path(event.getRawPath()));
    if (event.getRequestContext() != null && event.getRequestContext().getHttp() != null) {
      event
          .getRequestContext()
          .getHttp()
          .setPath(path(event.getRequestContext().getHttp().getPath()));
    }
    if (event.getHeaders() != null) {
      Map<String, String> headers = new HashMap<>(event.getHeaders());
      headers.replaceAll(
          (name, value) -> NOT_IN_A_HEADER.matcher(value).replaceAll(REPLACEMENT).strip());
      event.setHeaders(headers);
    }
  }

  /// Whether the event has no body where an object in JSON may be expected. It is taken for
  /// an empty one, so that a request without a body learns which fields are required.
  private static boolean isMissingItsObject(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPEvent.RequestContext.@Nullable Http http =
        event.getRequestContext() == null ? null : event.getRequestContext().getHttp();
    String type =
        event.getHeaders() == null ? JSON : event.getHeaders().getOrDefault("content-type", JSON);
    return http != null
        && WITH_A_BODY.contains(String.valueOf(http.getMethod()))
        && type.startsWith(JSON)
        && (event.getBody() == null || event.getBody().isEmpty());
  }

  private static @Nullable String path(@Nullable String path) {
    return path == null
        ? null
        : NOT_IN_A_PATH
            .matcher(path)
            .replaceAll(
                part ->
                    URLEncoder.encode(part.group(), StandardCharsets.UTF_8).replace("+", "%20"));
  }
}
