package dev.stipend.local.catcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
    assertThat(screen()).contains("Slack, in a thread", "Slack, a message says now");
    assertThat(call(bot, "chat.update", "channel=C1&text=x&ts=1.1")).contains("message_not_found");
    assertThat(call(bot, "chat.postMessage", "text=x")).contains("channel_not_found");
    assertThat(call(bot, "chat.postMessage", "channel=C1")).contains("no_text");
    assertThat(call(bot, "users.list", "")).contains("unknown_method");
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
