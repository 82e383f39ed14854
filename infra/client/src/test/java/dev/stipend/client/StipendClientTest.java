package dev.stipend.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stipend.client.StipendClient.Done;
import dev.stipend.client.Work.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client against answers that a healthy server does not give.
class StipendClientTest {
  private static final String KEY = "a-key-that-nobody-shows";
  private static final String ID = "01a0a0a0-0000-7000-8000-000000000001";
  private static final String HELD =
      "201 {\"id\":\"" + ID + "\",\"amount\":\"1\",\"budgets\":[{}]}";
  private static final Work WORK = Work.costing("u1", "a1", new BigDecimal("0.10"));

  /// What is answered, in turn: the status and the body.
  private final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private StipendClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client = new StipendClient("http://localhost:" + server.getAddress().getPort() + "/", KEY);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void workThatPassesUnverifiedIsRecordedAsUsage() {
    answers.add("200 {\"allowed\":true,\"verified\":false,\"decisionId\":\"" + ID + "\"}");
    answers.add("200 {\"recorded\":1}");

    String result =
        client.guarded(
            WORK,
            granted -> {
              assertThat(granted.id()).isEmpty();
              return new Done<>("made", Usage.ofTokens(7, 3));
            });

    assertThat(result).isEqualTo("made");
    assertThat(requests).hasSize(2);
    assertThat(requests.getLast())
        .startsWith("/api/usage ")
        .contains("\"userId\":\"u1\"", "\"agentId\":\"a1\"", "\"eventId\":", "\"occurredAt\":")
        .contains("\"inputTokens\":7", "\"outputTokens\":3");
  }

  @Test
  void usageOfWhichEveryEventIsRejectedFailsWithItsReason() {
    answers.add("200 {\"allowed\":true,\"verified\":false,\"decisionId\":\"" + ID + "\"}");
    answers.add(
        "422 {\"recorded\":0,\"rejected\":[{\"index\":0,\"reason\":\"model is too long\"}]}");

    UnsettledException failure =
        catchThrowableOfType(
            UnsettledException.class,
            () -> client.guarded(WORK, granted -> new Done<>("made", Usage.ofTokens(7, 3))));

    assertThat(failure.done().result()).isEqualTo("made");
    assertThat(failure).hasStackTraceContaining("answered 422", "model is too long");
  }

  @Test
  void aResultWhoseUsageCannotBeToldIsNotLost() {
    answers.addAll(List.of(HELD, "422 {\"detail\":\"outputTokens must not be negative\"}"));

    UnsettledException failure =
        catchThrowableOfType(
            UnsettledException.class,
            () -> client.guarded(WORK, granted -> new Done<>("made", Usage.ofTokens(7, 3))));

    assertThat(failure.done().result()).isEqualTo("made");
    assertThat(failure.done().usage().fields()).containsEntry("inputTokens", 7L);
    assertThat(failure.reservation()).map(Object::toString).contains(ID);
    assertThat(failure)
        .hasMessageStartingWith("the work is done and not settled")
        .hasMessageEndingWith("outputTokens must not be negative");
  }

  @Test
  void aServerThatComesBackIsAskedAgainUnderTheSameKey() {
    answers.addAll(List.of("503 {}", "502 {}", HELD));

    assertThat(client.reserve(WORK).id()).map(Object::toString).contains(ID);

    assertThat(requests).hasSize(3);
    assertThat(requests.getFirst()).contains("\"estimatedCost\":\"0.10\"", "\"ttlSeconds\":300");
    assertThat(keys).hasSize(3).doesNotContain("null");
    assertThat(keys.stream().distinct()).hasSize(1);
  }

  @Test
  void differentReservationsHaveDifferentKeys() {
    answers.addAll(List.of(HELD, HELD));
    client.reserve(WORK);
    client.reserve(WORK);
    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aServerThatStaysAwayIsGivenUpWithItsReasonAndWithoutTheKey() {
    answers.addAll(
        List.of("503 {}", "503 {}", "503 {\"detail\":\"The limit could not be verified.\"}"));

    assertThatThrownBy(() -> client.reserve(WORK))
        .isInstanceOfSatisfying(
            StipendException.class, failure -> assertThat(failure.status()).isEqualTo(503))
        .hasMessageContaining("The limit could not be verified.")
        .message()
        .doesNotContain(KEY);
  }

  @Test
  void aRequestThatIsWrongIsNotSentAgain() {
    answers.add("400 {\"detail\":\"estimatedCost is required\"}");
    assertThatThrownBy(() -> client.validate(WORK)).hasMessageContaining("is required");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aReservationThatCannotBeGivenBackDoesNotHideWhyTheCallFailed() {
    answers.addAll(List.of(HELD, "404 {}"));

    IllegalStateException failure =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                client.guarded(
                    WORK,
                    granted -> {
                      throw new IllegalStateException("the call's own");
                    }));

    assertThat(failure).hasMessage("the call's own");
    assertThat(failure.getSuppressed()).hasOnlyElementsOfType(StipendException.class).hasSize(1);
  }

  @Test
  void aThreadThatIsToldToStopGivesItsReservationBackAndStaysTold() {
    answers.addAll(List.of(HELD, "200 {\"state\":\"released\"}"));
    assertThatThrownBy(
            () ->
                client.guarded(
                    WORK,
                    granted -> {
                      Thread.currentThread().interrupt();
                      throw new IllegalStateException("stopped");
                    }))
        .hasMessage("stopped")
        .hasNoSuppressedExceptions();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(requests.getLast()).startsWith("/api/reservations/" + ID + "/release ");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(exchange.getRequestURI() + " " + body);
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      String answer = answers.remove();
      byte[] json = answer.substring(4).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), json.length);
      exchange.getResponseBody().write(json);
    }
  }
}
