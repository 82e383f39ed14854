package dev.stipend.support;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import java.util.Map;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the JVM's one Stipend, emptied, its clock at the start, with Slack and mail that
/// take everything.
public final class StipendExtension implements BeforeEachCallback, ParameterResolver {
  /// What `RECEIVER_KEY` holds, which signs what goes to `RECEIVER_URL`.
  public static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final class Shared {
    static final Stipend STIPEND = new Stipend(TestServers.newDatabase(), settings());

    static {
      STIPEND.database.keepSessions();
    }
  }

  private static Map<String, Object> settings() {
    String http = TestServers.HTTP.baseUrl();
    return Map.ofEntries(
        // Most tests let no time pass.
        Map.entry("slack.pace", "0s"),
        Map.entry("email.pace", "0s"),
        Map.entry("overview.past", "0s"),
        Map.entry("slack.timeout", "3s"),
        Map.entry("slack.api.url", http + "/slack-api"),
        Map.entry("slack.webhook.url", http + "/slack"),
        Map.entry("receiver.url", http + "/webhook"),
        Map.entry("receiver.key", WEBHOOK_SECRET),
        Map.entry("private.url", "https://10.0.0.1/webhook"),
        Map.entry(
            "stipend.source.hosts", "127.0.0.1, 127.0.0.0/8, localhost, metadata.example.com"),
        Map.entry("smtp.url", "smtp://127.0.0.1:" + TestServers.MAIL.getSmtp().getPort()),
        Map.entry("alert.from.email", "alerts@example.com"),
        Map.entry("alert.to.email", "team@example.com"),
        Map.entry("api.url", "https://api.example.com/"));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Stipend stipend = Shared.STIPEND;
    stipend.clock.set(SettableClock.START);
    stipend.loseAlerts();
    stipend.database.clear();
    TestServers.MAIL.purgeEmailFromAllMailboxes();
    TestServers.HTTP.resetAll();
    TestServers.HTTP.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withBody("ok")));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stipend.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Shared.STIPEND;
  }
}
