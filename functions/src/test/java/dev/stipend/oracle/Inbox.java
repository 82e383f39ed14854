package dev.stipend.oracle;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.stipend.oracle.Heard.Kind;
import dev.stipend.support.TestServers;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What arrives at the channels. A message that a channel refuses has not arrived.
final class Inbox {
  static final String FALLBACK_ADDRESS = "fallback@example.com";
  private static final WireMockServer SERVER = start();

  private final List<Heard> heard = new ArrayList<>();

  private static WireMockServer start() {
    WireMockServer server =
        new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    return server;
  }

  static String url(Place place) {
    return SERVER.baseUrl() + place.path();
  }

  /// All of them take everything again, and what came before is forgotten.
  Inbox() throws Exception {
    SERVER.resetAll();
    TestServers.MAIL.purgeEmailFromAllMailboxes();
    for (Place place : List.of(Place.HOOK, Place.SLACK)) {
      answer(place, 200);
    }
  }

  void answer(Place place, int status) {
    SERVER.stubFor(
        post(urlEqualTo(place.path()))
            .willReturn(
                status == 429
                    ? aResponse().withStatus(status).withHeader("Retry-After", "600")
                    : aResponse().withStatus(status).withBody(status == 200 ? "ok" : "no")));
  }

  List<Heard> heard() {
    return heard;
  }

  /// Takes what has arrived since the last time.
  ///
  /// @param moment the number of the present moment
  void collect(int moment, Instant now) {
    List<ServeEvent> events = SERVER.getAllServeEvents();
    if (!events.isEmpty()) {
      SERVER.resetRequests();
      events.stream()
          .filter(event -> event.getResponse().getStatus() == 200)
          .sorted(Comparator.comparing(event -> event.getRequest().getLoggedDate()))
          .forEach(event -> take(event, moment, now));
    }
    MimeMessage[] mails = TestServers.MAIL.getReceivedMessages();
    if (mails.length > 0) {
      for (MimeMessage mail : mails) {
        String text = text(mail);
        if (text.startsWith(FALLBACK_ADDRESS)) {
          heard.addAll(Wording.read(Place.FALLBACK, moment, now, text));
        }
      }
      purge();
    }
  }

  private void take(ServeEvent event, int moment, Instant now) {
    String body = event.getRequest().getBodyAsString();
    Map<?, ?> json = Json.read(body, Map.class);
    if (event.getRequest().getUrl().equals(Place.HOOK.path())) {
      hook(json, event.getRequest().getHeader("webhook-id"), moment, now).ifPresent(heard::add);
    } else {
      heard.addAll(Wording.read(Place.SLACK, moment, now, slackText(json)));
    }
  }

  private static Optional<Heard> hook(Map<?, ?> json, String id, int moment, Instant now) {
    Map<?, ?> alert = map(json.get("alert"));
    Optional<Kind> kind =
        switch (String.valueOf(alert.get("type"))) {
          case "RESTATED" -> Optional.of(Kind.RESTATED);
          case "LIMIT_WARNING", "LIMIT_EXCEEDED" ->
              Optional.of(
                  String.valueOf(json.get("type")).endsWith("recovered")
                      ? Kind.RECOVERED
                      : Kind.RAISED);
          default -> Optional.empty();
        };
    Map<?, ?> budget = map(json.get("budget"));
    Map<?, ?> spend = map(json.get("spend"));
    return kind.map(
        known ->
            new Heard(
                Place.HOOK,
                moment,
                now,
                id,
                known,
                String.valueOf(budget.get("name")),
                Optional.of(String.valueOf(budget.get("subject"))),
                Optional.of(Instant.parse(String.valueOf(map(json.get("period")).get("start")))),
                Optional.of(number(alert.get("threshold")).intValueExact()),
                number(spend.get("percent")),
                Optional.of(number(spend.get("amount"))),
                number(spend.get("limit")),
                Optional.of(String.valueOf(alert.get("id")))));
  }

  /// The text, and the sections of a digest: its text only counts.
  private static String slackText(Map<?, ?> json) {
    Object blocks = json.get("blocks");
    return json.get("text")
        + "\n"
        + (blocks instanceof List<?> list ? list : List.of())
            .stream()
                .map(block -> map(map(block).get("text")).get("text"))
                .map(String::valueOf)
                .collect(Collectors.joining("\n"));
  }

  private static String text(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0]
          + "\n"
          + mail.getSubject()
          + "\n"
          + ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
    } catch (MessagingException | IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static void purge() {
    try {
      TestServers.MAIL.purgeEmailFromAllMailboxes();
    } catch (com.icegreen.greenmail.store.FolderException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static BigDecimal number(@Nullable Object value) {
    return new BigDecimal(String.valueOf(value));
  }
}
