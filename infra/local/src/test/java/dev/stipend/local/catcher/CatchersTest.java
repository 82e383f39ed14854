package dev.stipend.local.catcher;

import static dev.stipend.local.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.stipend.local.http.HttpFront;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.json.JsonMapper;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchersTest {

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(screen, true, StandardCharsets.UTF_8), false);

  @Test
  void aSlackMessageIsShownAsAPersonWouldSeeIt() throws Exception {
    SlackCatcher catcher = new SlackCatcher(terminal, JsonMapper.createDefault());

    HttpResponse<String> response =
        post(
            catcher,
            """
            {"text": "fallback",
             "blocks": [
              {"type": "header", "text": {"type": "plain_text", "text": "Research is at 84 %"}},
              {"type": "section", "fields": [
                {"type": "mrkdwn", "text": "*Spend*\\n$0.84 of $1.00"},
                {"type": "mrkdwn", "text": "*User*\\n<https://example.com/u|R &amp; D>"}]},
              {"type": "context", "elements": [{"type": "mrkdwn", "text": "resets at midnight"}]}]}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("ok");
    assertThat(screen())
        .contains("┃ Research is at 84 %")
        .contains("┃ Spend: $0.84 of $1.00")
        .contains("┃ User: R & D (https://example.com/u)")
        .contains("┃ resets at midnight")
        .doesNotContain("fallback");
    assertThat(catcher.newestFirst())
        .singleElement()
        .extracting(CaughtSlackMessage::payload)
        .satisfies(payload -> assertThat(payload).containsEntry("text", "fallback"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not json      | 400 | invalid_payload
          {"other": 1}  | 400 | no_text
          """)
  void whatSlackRefusesIsRefused(String body, int status, String answer) throws Exception {
    SlackCatcher catcher = new SlackCatcher(terminal, JsonMapper.createDefault());

    HttpResponse<String> response = post(catcher, body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(answer);
    assertThat(catcher.newestFirst()).isEmpty();
  }

  @Test
  void whatABotPostsIsShownWithItsThreadsAndUpdates() throws Exception {
    SlackCatcher catcher = new SlackCatcher(terminal, JsonMapper.createDefault());
    SlackBotCatcher bot = new SlackBotCatcher(catcher, JsonMapper.createDefault());

    String posted = call(bot, "chat.postMessage", "channel=C1&text=first");
    String ts = posted.replaceAll("(?s).*\"ts\":\"([^\"]+)\".*", "$1");
    call(bot, "chat.postMessage", "channel=C1&text=second&thread_ts=" + ts);
    assertThat(call(bot, "chat.update", "channel=C1&text=over&ts=" + ts)).contains("\"ok\":true");

    assertThat(catcher.newestFirst())
        .extracting(message -> message.payload().get("text"))
        .containsExactly("second", "over");
    assertThat(screen()).contains("Slack, in a thread", "Slack, message updated");
    assertThat(call(bot, "chat.update", "channel=C1&text=x&ts=1.1")).contains("message_not_found");
    assertThat(call(bot, "chat.postMessage", "text=x")).contains("channel_not_found");
    assertThat(call(bot, "chat.postMessage", "channel=C1")).contains("no_text");
    assertThat(call(bot, "users.list", "")).contains("unknown_method");
  }

  @Test
  void aFileThatABotUploadsIsShownInItsThread() throws Exception {
    SlackCatcher catcher = new SlackCatcher(terminal, JsonMapper.createDefault());
    SlackBotCatcher bot = new SlackBotCatcher(catcher, JsonMapper.createDefault());

    assertThat(call(bot, "files.getUploadURLExternal", "filename=a.png&length=3"))
        .contains("\"file_id\":\"F1\"", SlackBotCatcher.PATH + "files/F1");
    String share = "channel_id=C1&thread_ts=1.1&files=[{\"id\":\"F1\"}]";
    assertThat(call(bot, "files.completeUploadExternal", share)).contains("file_not_found");
    assertThat(call(bot, "files/F1", "png")).isEqualTo("OK - 3");
    assertThat(call(bot, "files/F2", "png")).isEqualTo("no_file");
    assertThat(call(bot, "files.completeUploadExternal", share)).contains("\"ok\":true");

    assertThat(catcher.newestFirst())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.payload())
                    .containsEntry("thread_ts", "1.1")
                    .containsEntry("files", List.of(SlackBotCatcher.PATH + "files/F1")));
    assertThat(screen()).contains("Slack, in a thread", "[picture]");
  }

  private static String call(SlackBotCatcher bot, String method, String form) throws Exception {
    try (HttpFront front = HttpFront.bind(0);
        HttpClient client = HttpClient.newHttpClient()) {
      front.route(SlackBotCatcher.PATH, bot);
      front.start();
      return client
          .send(
              HttpRequest.newBuilder(URI.create(front.url() + SlackBotCatcher.PATH + method))
                  .header("Authorization", "Bearer " + SlackBotCatcher.TOKEN)
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void aMailIsShownWithBothItsParts() throws Exception {
    try (MailCatcher catcher = MailCatcher.start(terminal)) {
      MimeBodyPart text = new MimeBodyPart();
      text.setText("plain words", "utf-8");
      MimeBodyPart html = new MimeBodyPart();
      html.setText("<p>rich words</p>", "utf-8", "html");
      MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
      message.setFrom("stipend@example.com");
      message.setRecipient(Message.RecipientType.TO, new InternetAddress("team@example.com"));
      message.setSubject("Größe zählt", "utf-8");
      message.setContent(new MimeMultipart("alternative", text, html));
      message.saveChanges();
      send(message, URI.create(catcher.url()));

      await().until(() -> !catcher.newestFirst().isEmpty());
      CaughtMail mail = catcher.newestFirst().getFirst();
      assertThat(mail.from()).isEqualTo("stipend@example.com");
      assertThat(mail.to()).isEqualTo("team@example.com");
      assertThat(mail.subject()).isEqualTo("Größe zählt");
      assertThat(mail.text()).isEqualToIgnoringNewLines("plain words");
      assertThat(mail.html()).isEqualToIgnoringNewLines("<p>rich words</p>");
      await().until(() -> screen().contains("plain words"));
      assertThat(screen()).contains("Mail from stipend@example.com to team@example.com");
    }
  }

  @Test
  void picturesOfAMailAreShownWhereItsHtmlNamesThem() throws Exception {
    try (MailCatcher catcher = MailCatcher.start(terminal);
        HttpFront front = HttpFront.bind(0);
        HttpClient client = HttpClient.newHttpClient()) {
      front.route(MailCatcher.PATH, catcher);
      front.start();
      MimeBodyPart html = new MimeBodyPart();
      html.setText("<img src=\"cid:chart@x\">", "utf-8", "html");
      MimeBodyPart picture = new MimeBodyPart();
      picture.setContent(new byte[] {1, 2, 3}, "image/png");
      picture.setContentID("<chart@x>");
      MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
      message.setFrom("stipend@example.com");
      message.setRecipient(Message.RecipientType.TO, new InternetAddress("team@example.com"));
      message.setSubject("s");
      message.setContent(new MimeMultipart("related", html, picture));
      message.saveChanges();
      send(message, URI.create(catcher.url()));

      await().until(() -> !catcher.newestFirst().isEmpty());
      CaughtMail mail = catcher.newestFirst().getFirst();
      assertThat(mail.headers()).anyMatch(header -> header.startsWith("Subject: s"));
      assertThat(get(client, front.url() + MailCatcher.PATH + mail.id() + "/chart@x"))
          .isEqualTo("200 image/png 3");
      assertThat(get(client, front.url() + MailCatcher.PATH + mail.id() + "/other"))
          .startsWith("404");
      assertThat(get(client, front.url() + MailCatcher.PATH + "x")).startsWith("404");
    }
  }

  @Test
  void webhookIsShownOnlyIfItsSignatureVerifies() throws Exception {
    Instant now = Instant.parse("2026-03-10T12:00:00Z");
    String secret = WebhookCatcher.newSecret();
    WebhookCatcher catcher =
        new WebhookCatcher(
            secret, Clock.fixed(now, ZoneOffset.UTC), terminal, JsonMapper.createDefault());
    String body = "{\"type\":\"alert.raised\"}";
    String right = new Webhook(secret).sign("e.1", now.getEpochSecond(), body);
    long late = now.getEpochSecond() - 301;
    try (HttpFront front = HttpFront.bind(0);
        HttpClient client = HttpClient.newHttpClient()) {
      front.route(WebhookCatcher.PATH, catcher);
      front.start();
      URI uri = URI.create(front.url() + WebhookCatcher.PATH);

      assertThat(signed(client, uri, body + " ", now.getEpochSecond(), right)).isEqualTo(401);
      assertThat(signed(client, uri, body, now.getEpochSecond(), "v1,AAAA")).isEqualTo(401);
      assertThat(signed(client, uri, body, late, new Webhook(secret).sign("e.1", late, body)))
          .isEqualTo(401);
      assertThat(catcher.newestFirst()).isEmpty();
      assertThat(signed(client, uri, body, now.getEpochSecond(), "v1,AAAA " + right))
          .isEqualTo(200);
    }
    assertThat(catcher.newestFirst()).extracting(CaughtWebhook::id).containsExactly("e.1");
    assertThat(screen()).contains("Webhook alert.raised", "e.1, signature verified");
  }

  private static int signed(
      HttpClient client, URI uri, String body, long timestamp, String signature) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(uri)
                .header("webhook-id", "e.1")
                .header("webhook-timestamp", String.valueOf(timestamp))
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static String get(HttpClient client, String url) throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return response.statusCode()
        + " "
        + response.headers().firstValue("content-type").orElse("")
        + " "
        + response.body().length;
  }

  private static void send(MimeMessage message, URI server) throws Exception {
    try (Transport transport = message.getSession().getTransport("smtp")) {
      transport.connect(server.getHost(), server.getPort(), null, null);
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private static HttpResponse<String> post(SlackCatcher catcher, String body) throws Exception {
    try (HttpFront front = HttpFront.bind(0);
        HttpClient client = HttpClient.newHttpClient()) {
      front.route(SlackCatcher.PATH, catcher);
      front.start();
      return client.send(
          HttpRequest.newBuilder(URI.create(front.url() + SlackCatcher.PATH))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}
