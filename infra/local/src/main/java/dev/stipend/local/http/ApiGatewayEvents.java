package dev.stipend.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The event that an HTTP API makes of a request: header names in lower case, repeated headers and
/// parameters joined with commas, cookies apart, the path decoded, the query string as it was sent,
/// bodies that are not text, or are compressed, in base64.
final class ApiGatewayEvents {

  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Pattern PORT = Pattern.compile(":(\\d+)$");

  /// Text to API Gateway; everything else, forms included, is binary.
  private static final Set<String> TEXT_TYPES =
      Set.of("application/json", "application/xml", "application/javascript");

  /// About the connection, not the request, or given elsewhere in the event.
  private static final Set<String> DROPPED = Set.of("connection", "transfer-encoding", "cookie");

  private ApiGatewayEvents() {}

  static APIGatewayV2HTTPEvent event(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = headers(exchange);
    String query = exchange.getRequestURI().getRawQuery();
    boolean compressed = headers.containsKey("content-encoding");
    boolean text = body.length == 0 || (!compressed && isText(headers.get("content-type")));
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey("$default")
        .withRawPath(path(exchange))
        .withRawQueryString(query == null ? "" : query)
        .withCookies(cookies(exchange))
        .withHeaders(headers)
        .withQueryStringParameters(parameters(query))
        .withBody(body(body, text))
        .withIsBase64Encoded(!text)
        .withRequestContext(context(exchange, headers))
        .build();
  }

  private static APIGatewayV2HTTPEvent.RequestContext context(
      HttpExchange exchange, Map<String, String> headers) {
    Instant now = Instant.now();
    return APIGatewayV2HTTPEvent.RequestContext.builder()
        .withAccountId("000000000000")
        .withApiId("local")
        .withDomainName(headers.getOrDefault("host", "localhost"))
        .withDomainPrefix("local")
        .withRequestId(UUID.randomUUID().toString())
        .withRouteKey("$default")
        .withStage("$default")
        .withTime(CLF.format(now))
        .withTimeEpoch(now.toEpochMilli())
        .withHttp(
            APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                .withMethod(exchange.getRequestMethod())
                .withPath(path(exchange))
                .withProtocol(exchange.getProtocol())
                .withSourceIp(exchange.getRemoteAddress().getAddress().getHostAddress())
                .withUserAgent(headers.getOrDefault("user-agent", ""))
                .build())
        .build();
  }

  private static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getPath();
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    headers.keySet().removeAll(DROPPED);
    headers.put("x-forwarded-for", exchange.getRemoteAddress().getAddress().getHostAddress());
    headers.put("x-forwarded-port", port(headers.getOrDefault("host", "")));
    headers.put("x-forwarded-proto", "http");
    return headers;
  }

  /// The port that was asked; behind it is another one.
  private static String port(String host) {
    Matcher port = PORT.matcher(host);
    return port.find() ? port.group(1) : "80";
  }

  private static @Nullable List<String> cookies(HttpExchange exchange) {
    List<String> lines = exchange.getRequestHeaders().get("Cookie");
    return lines == null
        ? null
        : lines.stream().flatMap(line -> Arrays.stream(line.split(";\\s*", -1))).toList();
  }

  private static @Nullable Map<String, String> parameters(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return null;
    }
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      parameters.merge(name, value, (first, next) -> first + "," + next);
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that starts no escape stands for itself.
      return text;
    }
  }

  private static boolean isText(@Nullable String contentType) {
    String type =
        contentType == null
            ? "text/plain"
            : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || TEXT_TYPES.contains(type);
  }

  private static @Nullable String body(byte[] body, boolean text) {
    if (body.length == 0) {
      return null;
    }
    return text
        ? new String(body, StandardCharsets.UTF_8)
        : Base64.getEncoder().encodeToString(body);
  }
}
