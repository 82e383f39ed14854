package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A channel that would get many messages, at Slack's pace of one a second.
final class StormTest {
  private static final Pattern USER = Pattern.compile("of user (user-\\d+) is at");

  @RegisterExtension
  static final WireMockExtension SLACK =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private static Stipend stipend;

  @BeforeAll
  static void start() {
    stipend =
        new Stipend(TestServers.newDatabase(), Map.of("slack.webhook.url", SLACK.url("/slack")));
  }

  @AfterAll
  static void stop() {
    stipend.close();
  }

  @BeforeEach
  void clear() {
    stipend.clock.set(SettableClock.START);
    stipend.loseAlerts();
    stipend.database.clear();
    SLACK.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withBody("ok")));
  }

  @Test
  void aThousandBudgetsCrossingAtOnceAreAllToldAtOneMessageASecondParentsFirst() {
    budget("Everyone", "user", "*", 1);
    budget("Crew", "team", "crew", 1);
    budget("All", "workspace", null, 1);
    spend(998);
    long seconds = deliver();

    List<String> messages = messages();
    assertThat(messages).hasSizeLessThanOrEqualTo((int) seconds).hasSize(10);
    List<String> told =
        messages.stream()
            .flatMap(message -> blocks(message).results().map(found -> found.group(1)))
            .toList();
    assertThat(told).doesNotHaveDuplicates().hasSize(998);
    assertThat(lines(messages.getFirst()).subList(0, 3))
        .satisfiesExactly(
            line -> assertThat(line).contains("All"),
            line -> assertThat(line).contains("Crew"),
            line -> assertThat(line).contains("Everyone"));
    assertThat(
            stipend.database.rows(
                "SELECT status, count(*), count(DISTINCT digest_id) FROM"
                    + " stipend.alert_deliveries GROUP BY 1"))
        .containsExactly("sent|1000|10");
    assertThat(
            stipend.database.rows(
                "SELECT 1 FROM stipend.alert_deliveries WHERE provider_message_id IS DISTINCT"
                    + " FROM CAST(digest_id AS text)"))
        .as("each is sent as its digest")
        .isEmpty();
  }

  @Test
  void upToFiveAreToldOneByOneTheParentFirst() {
    budget("Everyone", "user", "*", 1);
    budget("All", "workspace", null, 1);
    spend(4);
    deliver();

    assertThat(messages()).hasSize(5);
    assertThat(messages().getFirst()).contains("Budget \\\"All\\\" is at");
    assertThat(stipend.database.rows("SELECT DISTINCT digest_id FROM stipend.alert_deliveries"))
        .containsExactly("null");
  }

  @Test
  void manyWorkersAtOnceSendOneMessageASecond() {
    budget("Everyone", "user", "*", 1);
    spend(5);
    Race.run(Collections.nCopies(8, stipend::deliverAlerts));
    assertThat(messages()).hasSize(1);
    stipend.clock.tick(Duration.ofMillis(999));
    stipend.deliverAlerts();
    assertThat(messages()).hasSize(1);
  }

  @Test
  void whoIsWokenTooEarlyComesAgain() {
    budget("Everyone", "user", "*", 1);
    spend(2);
    stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofMillis(900));
    await().until(() -> stipend.deliverAlerts() > 0);
    assertThat(messages()).hasSize(1);
    stipend.clock.tick(Duration.ofMillis(100));
    await().until(() -> stipend.deliverAlerts() > 0);
    assertThat(messages()).hasSize(2);
  }

  @Test
  void aDigestThatFailsIsRepeatedAsItWas() {
    budget("Everyone", "user", "*", 1);
    spend(7);
    SLACK.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withStatus(503)));
    stipend.deliverAlerts();
    assertThat(states()).containsExactly("retrying|1|7");
    String digest = digest();

    SLACK.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withBody("ok")));
    spend(8);
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.sweep();
    deliver();

    assertThat(states()).containsExactly("sent|1|1", "sent|2|7");
    assertThat(digest()).isEqualTo(digest);
    assertThat(messages()).hasSize(3);
    assertThat(messages().get(0)).isIn(messages().get(1), messages().get(2));
  }

  @Test
  void aProviderThatAsksToWaitIsLeftAloneByAllDeliveriesOfItsChannel() {
    budget("Everyone", "user", "*", 1);
    SLACK.stubFor(
        post(urlEqualTo("/slack"))
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "60")));
    spend(1);
    stipend.deliverAlerts();
    SLACK.stubFor(post(urlEqualTo("/slack")).willReturn(aResponse().withBody("ok")));
    stipend.clock.tick(Duration.ofSeconds(50));
    spend(2);
    stipend.deliverAlerts();
    assertThat(messages()).hasSize(1);
    stipend.clock.tick(Duration.ofSeconds(50));
    stipend.sweep();
    deliver();
    assertThat(messages()).hasSize(3);
  }

  @Test
  void whatIsAcknowledgedBeforeItsTurnIsNotToldAndTheOthersAre() {
    budget("Everyone", "user", "*", 1);
    spend(3);
    stipend.deliverAlerts();
    String waiting =
        stipend
            .database
            .rows("SELECT alert_id FROM stipend.alert_deliveries WHERE status = 'pending'")
            .getFirst();
    stipend.api("POST", "/api/alerts/" + waiting + "/acknowledge", "");
    deliver();
    assertThat(messages()).hasSize(2);
    assertThat(states()).containsExactly("sent|1|2", "suppressed|0|1");
  }

  private static void budget(String name, String scope, @Nullable String scopeId, int limit) {
    String id = scopeId == null ? "" : ",\"scopeId\":\"" + scopeId + "\"";
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/budgets",
                    """
                    {"name":"%s","limitAmount":%d,"period":"monthly","alertAt":[100],"scope":"%s"%s}
                    """
                        .formatted(name, limit, scope, id))
                .status())
        .isEqualTo(201);
  }

  private static void spend(int users) {
    String events =
        IntStream.range(0, users)
            .mapToObj(
                user ->
                    """
                    {"eventId":"e%1$d","occurredAt":"%2$s","userId":"user-%1$d","teamId":"crew","model":"m","cost":"2"}
                    """
                        .formatted(user, SettableClock.START))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(stipend.record(events)).isEmpty();
  }

  /// Lets time run until everything is told or given up. Answers how many seconds it took, begun
  /// ones too.
  private static long deliver() {
    Instant start = stipend.clock.instant();
    stipend.clock.run();
    await()
        .until(
            () -> {
              stipend.deliverAlerts();
              return !isWaiting();
            });
    Instant end = stipend.clock.instant();
    stipend.clock.set(end);
    return Duration.between(start, end).toSeconds() + 1;
  }

  private static boolean isWaiting() {
    return !stipend
        .database
        .rows(
            "SELECT 1 FROM stipend.alert_deliveries WHERE status IN ('pending', 'sending',"
                + " 'retrying') LIMIT 1")
        .isEmpty();
  }

  private static List<String> states() {
    return stipend.database.rows(
        "SELECT status, attempts, count(*) FROM stipend.alert_deliveries GROUP BY 1, 2 ORDER BY 1,"
            + " 2");
  }

  private static String digest() {
    return stipend.database.value(
        "SELECT DISTINCT digest_id FROM stipend.alert_deliveries WHERE digest_id IS NOT NULL");
  }

  private static List<String> messages() {
    List<String> bodies = new ArrayList<>();
    SLACK
        .findAll(postRequestedFor(urlEqualTo("/slack")))
        .forEach(request -> bodies.add(request.getBodyAsString()));
    return bodies;
  }

  private static Matcher blocks(String message) {
    return USER.matcher(message.substring(message.indexOf("\"blocks\"")));
  }

  private static List<String> lines(String message) {
    Matcher text =
        Pattern.compile("\"type\":\"section\",\"text\":\\{[^}]*?\"text\":\"(.*?)(?<!\\\\)\"")
            .matcher(message);
    return text.results()
        .map(MatchResult::group)
        .flatMap(section -> List.of(section.split("\\\\n")).stream())
        .toList();
  }
}
