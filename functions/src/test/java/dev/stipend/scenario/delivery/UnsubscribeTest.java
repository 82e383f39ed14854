package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Readers who get no more mails because they say so.
@ExtendWith(StipendExtension.class)
final class UnsubscribeTest {
  private static final Map<String, String> ONE_CLICK =
      Map.of("content-type", "application/x-www-form-urlencoded");
  private static final String ANA = "ana@example.com";
  private static final String BEA = "bea@example.com";

  private final Stipend stipend;
  private int events;

  UnsubscribeTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void aLookAtTheLinkAsksAndChangesNothing() {
    String channel = mail(ANA, BEA);
    alert(channel);

    Answer page = stipend.api("GET", link(BEA), "", Map.of());

    assertThat(page.status()).as(page.body()).isEqualTo(200);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("cache-control")).isEqualTo("no-store");
    assertThat(page.body())
        .contains(
            "Stop emails from channel \"&lt;b&gt;Ops\" to bea@example.com?",
            "<form method=\"post\">",
            "<button type=\"submit\">Unsubscribe</button>")
        .doesNotContain("<b>");
    assertThat(config(channel)).doesNotContain("unsubscribed");
  }

  @Test
  void oneClickTakesThatAddressOffAndTellsTheOthers() throws Exception {
    String channel = mail(ANA, BEA);
    alert(channel);
    String link = link(BEA);
    TestServers.MAIL.purgeEmailFromAllMailboxes();

    assertThat(oneClick(link).status()).isEqualTo(200);

    assertThat(subjects(BEA)).isEmpty();
    assertThat(subjects(ANA))
        .containsExactly(
            "[Stipend] bea@example.com no longer receives emails from channel \"<b>Ops\"");
    assertThat(config(channel)).contains("to=ana@example.com, bea@example.com");
    assertThat(config(channel)).contains("unsubscribed=bea@example.com");
    assertThat(
            stipend.database.rows(
                "SELECT actor, target = 'channel %s', before ->> 'config', after -> 'config' ->> 'unsubscribed' FROM stipend.audit_logs WHERE action = 'channel.unsubscribe'"
                    .formatted(channel)))
        .containsExactly(
            "reader bea@example.com|t|{\"to\": \"ana@example.com,"
                + " bea@example.com\"}|bea@example.com");

    alert(channel);
    assertThat(subjects(BEA)).isEmpty();
    assertThat(subjects(ANA)).hasSize(2);
  }

  @Test
  void whoeverAsksTwiceHasLeftOnce() throws Exception {
    String channel = mail(ANA, BEA);
    alert(channel);
    String link = link(BEA);
    TestServers.MAIL.purgeEmailFromAllMailboxes();

    assertThat(oneClick(link).body()).contains("bea@example.com no longer receives emails");
    assertThat(stipend.api("POST", link, "", Map.of()).status()).isEqualTo(200);

    assertThat(subjects(ANA)).hasSize(1);
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE action = 'channel.unsubscribe'"))
        .isEqualTo("1");
  }

  @Test
  void whereNobodyIsLeftTheFallbackHearsOfItAndOfWhatComes() {
    String channel = mail(ANA);
    create("{\"kind\":\"slack_webhook\",\"name\":\"Fallback\",\"isFallback\":true}");
    alert(channel);

    oneClick(link(ANA));

    TestServers.HTTP.verify(
        1,
        postRequestedFor(urlEqualTo("/slack"))
            .withRequestBody(containing("The channel has no readers left")));
    alert(channel);
    assertThat(
            stipend.database.value(
                "SELECT last_error FROM stipend.alert_deliveries WHERE status = 'failed'"))
        .isEqualTo("every reader of the channel has unsubscribed");
    TestServers.HTTP.verify(2, postRequestedFor(urlEqualTo("/slack")));
  }

  @Test
  void aReaderOfTheDeploymentsOwnChannelLeavesItToo() throws Exception {
    stipend.set("alert.to.email", "team@example.com, " + BEA);
    try {
      budget("");
      alert();
      String link = link(BEA);
      TestServers.MAIL.purgeEmailFromAllMailboxes();

      oneClick(link);
      alert();

      assertThat(subjects(BEA)).isEmpty();
      assertThat(subjects("team@example.com")).hasSize(2);
    } finally {
      stipend.set("alert.to.email", "team@example.com");
    }
  }

  @Test
  void twoWhoLeaveAtOnceHaveBothLeft() {
    String channel = mail(ANA, BEA, "cy@example.com");
    alert(channel);
    String ana = link(ANA);
    String bea = link(BEA);

    Race.run(List.of(() -> oneClick(ana), () -> oneClick(bea)));

    assertThat(config(channel))
        .contains(ANA + ", ", "unsubscribed=")
        .containsPattern(
            "unsubscribed=(ana@example.com, bea@example.com|bea@example.com, ana@example.com)");
  }

  @Test
  void aLinkIsForOneAddressOfOneChannel() {
    String channel = mail(ANA, BEA);
    String other = mail(ANA, BEA);
    alert(channel);
    String token = link(BEA).substring("/unsubscribe/".length());
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    byte[] flipped = bytes.clone();
    flipped[63] ^= 1;
    byte[] elsewhere = bytes.clone();
    byte[] id = new byte[16];
    ByteBuffer.wrap(id)
        .putLong(UUID.fromString(other).getMostSignificantBits())
        .putLong(UUID.fromString(other).getLeastSignificantBits());
    System.arraycopy(id, 0, elsewhere, 16, 16);

    for (byte[] forged : List.of(flipped, elsewhere, new byte[64], new byte[10])) {
      String path =
          "/unsubscribe/" + Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
      assertThat(stipend.api("GET", path, "", Map.of()).status()).isEqualTo(404);
      assertThat(oneClick(path).status()).isEqualTo(404);
    }
    assertThat(config(channel) + config(other)).doesNotContain("unsubscribed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%00", "..%2f..", "%F0%9F%9A%80", "a.b"})
  void whatIsNoLinkLeadsNowhere(String token) {
    Answer answer = oneClick("/unsubscribe/" + token);
    assertThat(answer.status()).as(answer.body()).isBetween(400, 404);
  }

  @Test
  void aLinkOfAChannelThatIsGoneLeadsNowhere() {
    String channel = mail(ANA, BEA);
    String budget = budget("\"channels\":[\"" + channel + "\"]");
    alert();
    String link = link(BEA);
    stipend.api("DELETE", "/api/budgets/" + budget, "");
    assertThat(stipend.api("DELETE", "/api/channels/" + channel, "").status()).isEqualTo(204);

    Answer gone = oneClick(link);

    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.body()).contains("This link no longer works");
  }

  @Test
  void anEditOfSomethingElseBringsNobodyBack() {
    String channel = mail(ANA, BEA);
    alert(channel);
    oneClick(link(BEA));

    patch(channel, "{\"name\":\"Renamed\"}");
    patch(
        channel,
        "{\"config\":{\"to\":\"ana@example.com, Bea <BEA@example.com>\",\"locale\":\"es\"}}");
    assertThat(config(channel)).contains("unsubscribed=bea@example.com", "locale=es");

    patch(
        channel,
        "{\"config\":{\"to\":\"ana@example.com, bea@example.com\",\"unsubscribed\":null}}");
    assertThat(config(channel)).doesNotContain("unsubscribed");
  }

  @Test
  void whoeverIsTakenOffTheReadersAndPutOnAgainIsAReader() {
    String channel = mail(ANA, BEA);
    alert(channel);
    oneClick(link(BEA));

    patch(channel, "{\"config\":{\"to\":\"ana@example.com\"}}");
    patch(channel, "{\"config\":{\"to\":\"ana@example.com, bea@example.com\"}}");

    assertThat(config(channel)).doesNotContain("unsubscribed");
  }

  @Test
  void thePageSpeaksTheLanguageOfTheChannel() {
    String channel = mail(ANA);
    patch(channel, "{\"config\":{\"to\":\"ana@example.com\",\"locale\":\"es\"}}");
    alert(channel);

    assertThat(stipend.api("GET", link(ANA), "", Map.of()).body())
        .contains("<html lang=\"es\">", "Cancelar la suscripci\u00f3n");
  }

  private Answer oneClick(String path) {
    return stipend.api("POST", path, "List-Unsubscribe=One-Click", ONE_CLICK);
  }

  private String mail(String... readers) {
    return create(
        "{\"kind\":\"email\",\"name\":\"<b>Ops%s\",\"config\":{\"to\":\"%s\"}}"
            .formatted(
                stipend.api("GET", "/api/channels", "").items().isEmpty() ? "" : " two",
                String.join(", ", readers)));
  }

  private String create(String body) {
    Answer made = stipend.api("POST", "/api/channels", body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private void patch(String channel, String body) {
    Answer edited = stipend.api("PATCH", "/api/channels/" + channel, body);
    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
  }

  private String config(String channel) {
    return stipend.api("GET", "/api/channels/" + channel, "").text("config");
  }

  private String budget(String more) {
    return stipend
        .api(
            "POST",
            "/api/budgets",
            "{\"name\":\"B%d\",\"limitAmount\":1,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\",\"alertAt\":[100]%s}"
                .formatted(events, more.isEmpty() ? "" : "," + more))
        .text("id");
  }

  /// A budget that is told of in the channel, and an alert of it.
  private void alert(String channel) {
    if (events == 0) {
      budget("\"channels\":[\"" + channel + "\"]");
    }
    alert();
  }

  private void alert() {
    events++;
    stipend.record(
        Usage.costing("e" + events, SettableClock.START, "1")
            .replace("\"u1\"", "\"user-" + events + "\""));
    stipend.deliverAlerts();
  }

  /// The path of the link in the last mail to a reader.
  private static String link(String reader) {
    MimeMessage mail = mails(reader).getLast();
    try {
      String link = mail.getHeader("List-Unsubscribe")[0];
      assertThat(link).startsWith("<https://api.example.com/unsubscribe/");
      return link.substring("<https://api.example.com".length(), link.length() - 1);
    } catch (MessagingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static List<String> subjects(String reader) throws MessagingException {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage mail : mails(reader)) {
      subjects.add(mail.getSubject());
    }
    return subjects;
  }

  private static List<MimeMessage> mails(String reader) {
    return Arrays.stream(TestServers.MAIL.getReceivedMessages())
        .filter(
            mail -> {
              try {
                return mail.getRecipients(Message.RecipientType.TO)[0]
                    .toString()
                    .equalsIgnoreCase(reader);
              } catch (MessagingException unreadable) {
                throw new IllegalStateException(unreadable);
              }
            })
        .toList();
  }
}
