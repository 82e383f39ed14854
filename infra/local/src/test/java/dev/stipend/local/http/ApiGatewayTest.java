package dev.stipend.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.local.terminal.LocalFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiGatewayTest {

  private final AtomicReference<APIGatewayV2HTTPEvent> event = new AtomicReference<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private Function<APIGatewayV2HTTPEvent, @Nullable APIGatewayV2HTTPResponse> function =
      request -> APIGatewayV2HTTPResponse.builder().withStatusCode(204).build();
  private HttpFront front;
  private HttpClient client;

  @BeforeEach
  void start() {
    client = HttpClient.newHttpClient();
    front = HttpFront.bind(0);
    front.route(
        "/",
        new ApiGateway(
            request -> {
              event.set(request);
              paths.add(request.getRawPath());
              return function.apply(request);
            }));
    front.start();
  }

  @AfterEach
  void stop() {
    client.close();
    front.close();
  }

  @Test
  void theEventNamesMethodPathAndCaller() throws Exception {
    send(request("/api/budgets").header("User-Agent", "tester/1").DELETE());

    APIGatewayV2HTTPEvent.RequestContext context = received().getRequestContext();
    assertThat(received().getVersion()).isEqualTo("2.0");
    assertThat(received().getRouteKey()).isEqualTo("$default");
    assertThat(received().getRawPath()).isEqualTo("/api/budgets");
    assertThat(context.getStage()).isEqualTo("$default");
    assertThat(context.getRequestId()).isNotBlank();
    assertThat(context.getTimeEpoch()).isPositive();
    assertThat(context.getHttp().getMethod()).isEqualTo("DELETE");
    assertThat(context.getHttp().getPath()).isEqualTo("/api/budgets");
    assertThat(context.getHttp().getProtocol()).isEqualTo("HTTP/1.1");
    assertThat(context.getHttp().getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(context.getHttp().getUserAgent()).isEqualTo("tester/1");
  }

  @Test
  void thePathIsDecodedAndTheQueryStringStaysAsSent() throws Exception {
    send(request("/api/a%20b/%C3%A9?q=x%20y&tag=1&tag=2&empty=&flag").GET());

    assertThat(received().getRawPath()).isEqualTo("/api/a b/é");
    assertThat(received().getRawQueryString()).isEqualTo("q=x%20y&tag=1&tag=2&empty=&flag");
    assertThat(received().getQueryStringParameters())
        .isEqualTo(Map.of("q", "x y", "tag", "1,2", "empty", "", "flag", ""));
  }

  @Test
  void pathsThatNoUriHasArriveAsTheyWereSent() throws Exception {
    List<String> answers =
        raw(
            "GET /api/budgets/{BUDGET_ID}/usage?q={x} HTTP/1.1",
            "POST /a b HTTP/1.1|Content-Length: 3||abc",
            "POST /chunks|x HTTP/1.1|Transfer-Encoding: chunked||2;a=b|ab|1|c|0|",
            "GET /end HTTP/1.1|Connection: close");

    assertThat(answers).hasSize(4).allMatch(status -> status.equals("HTTP/1.1 204 No Content"));
    assertThat(paths)
        .containsExactly("/api/budgets/{BUDGET_ID}/usage", "/a b", "/chunks|x", "/end");
  }

  @Test
  void withoutAQueryThereAreNoParameters() throws Exception {
    send(request("/").GET());

    assertThat(received().getRawQueryString()).isEmpty();
    assertThat(received().getQueryStringParameters()).isNull();
  }

  @Test
  void headerNamesAreInLowerCaseAndRepeatedOnesJoined() throws Exception {
    send(request("/").header("X-API-Key", "k").header("X-Many", "1").header("X-Many", "2").GET());

    assertThat(received().getHeaders())
        .containsEntry("x-api-key", "k")
        .containsEntry("x-many", "1,2")
        .containsEntry("x-forwarded-proto", "http")
        .containsKey("host");
    assertThat(received().getHeaders().keySet())
        .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
  }

  @Test
  void cookiesStandApart() throws Exception {
    send(request("/").header("Cookie", "a=1; b=2").GET());

    assertThat(received().getCookies()).containsExactly("a=1", "b=2");
    assertThat(received().getHeaders()).doesNotContainKey("cookie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "text/csv"})
  void textBodiesArriveAsTheyAre(String type) throws Exception {
    send(request("/").header("Content-Type", type).POST(BodyPublishers.ofString("{\"n\":\"ü\"}")));

    assertThat(received().getIsBase64Encoded()).isFalse();
    assertThat(received().getBody()).isEqualTo("{\"n\":\"ü\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/octet-stream", "application/x-www-form-urlencoded"})
  void otherBodiesArriveInBase64(String type) throws Exception {
    byte[] body = {0, (byte) 0xff, 'a', '=', '1'};
    send(request("/").header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));

    assertThat(received().getIsBase64Encoded()).isTrue();
    assertThat(Base64.getDecoder().decode(received().getBody())).isEqualTo(body);
  }

  @Test
  void aCompressedBodyArrivesInBase64WhateverItHolds() throws Exception {
    byte[] body = {0x1f, (byte) 0x8b, 8, 0};
    send(
        request("/")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(body)));

    assertThat(received().getIsBase64Encoded()).isTrue();
    assertThat(Base64.getDecoder().decode(received().getBody())).isEqualTo(body);
  }

  @Test
  void theAnswerGoesOutWithStatusHeadersAndCookies() throws Exception {
    function =
        request ->
            APIGatewayV2HTTPResponse.builder()
                .withStatusCode(201)
                .withHeaders(Map.of("content-type", "application/json", "location", "/api/x"))
                .withCookies(List.of("a=1", "b=2"))
                .withBody("{\"é\":1}")
                .build();

    HttpResponse<String> response = send(request("/").GET());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue("Location")).contains("/api/x");
    assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(response.body()).isEqualTo("{\"é\":1}");
  }

  @Test
  void aBase64AnswerIsDecoded() throws Exception {
    function =
        request ->
            APIGatewayV2HTTPResponse.builder()
                .withStatusCode(200)
                .withIsBase64Encoded(true)
                .withBody(
                    Base64.getEncoder().encodeToString("plain".getBytes(StandardCharsets.UTF_8)))
                .build();

    assertThat(send(request("/").GET()).body()).isEqualTo("plain");
  }

  @Test
  void aFunctionThatThrowsIsAnInternalServerErrorWithoutDetail() throws Exception {
    function =
        request -> {
          throw new IllegalStateException("secret detail");
        };

    HttpResponse<String> response = send(request("/").GET());

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
  }

  @Test
  void aBodyAboveTenMegabytesIsRefusedBeforeTheFunction() throws Exception {
    HttpResponse<String> response =
        send(request("/").POST(BodyPublishers.ofByteArray(new byte[10_485_761])));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(event).hasNullValue();
  }

  @Test
  void aPortInUseIsNamedWithAnother() {
    int port = URI.create(front.url()).getPort();

    assertThatThrownBy(() -> HttpFront.bind(port))
        .isInstanceOf(LocalFailure.class)
        .hasMessage(
            "Port %d is in use: stop the other program, or choose another port with"
                + " -Dstipend.port=%d.",
            port, port + 1);
  }

  /// Sends requests over one connection, `|` for the end of a line but within a path, and answers
  /// the first line of each answer.
  private List<String> raw(String... requests) throws IOException {
    URI uri = URI.create(front.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      for (String request : requests) {
        String own = request.replaceFirst(" HTTP/1.1", " HTTP/1.1|Host: " + uri.getAuthority());
        String text = own.replaceAll("\\|(?!x )", "\r\n") + "\r\n";
        String whole = text.contains("\r\n\r\n") ? text : text + "\r\n";
        socket.getOutputStream().write(whole.getBytes(StandardCharsets.ISO_8859_1));
      }
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return all.lines().filter(line -> line.startsWith("HTTP/")).toList();
    }
  }

  private APIGatewayV2HTTPEvent received() {
    return Objects.requireNonNull(event.get());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(front.url() + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
