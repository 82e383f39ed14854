package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Carries cookies between events, which have them apart, and headers, where Micronaut looks for
/// them.
final class Cookies {
  private static final String SENT = "cookie";
  private static final String SET = "set-cookie";

  private Cookies() {}

  /// Gives an event the header that its cookies came in.
  static void receive(APIGatewayV2HTTPEvent event) {
    if (event.getCookies() != null && !event.getCookies().isEmpty()) {
      Map<String, String> headers =
          event.getHeaders() == null ? new HashMap<>() : new HashMap<>(event.getHeaders());
      headers.put(SENT, String.join("; ", event.getCookies()));
      event.setHeaders(headers);
    }
  }

  /// Takes the cookie that an answer sets out of its headers.
  static void send(APIGatewayV2HTTPResponse response) {
    ResponseHeaders headers = new ResponseHeaders(response);
    headers
        .find(SET)
        .ifPresent(
            cookie -> {
              headers.remove(SET);
              response.setCookies(List.of(cookie));
            });
  }
}
