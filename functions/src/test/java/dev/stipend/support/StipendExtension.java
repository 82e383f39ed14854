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
    static final Stipend STIPEND =
        new Stipend(
            TestServers.newDatabase(),
            Map.of(
                // Most tests let no time pass.
                "slack.pace",
                "0s",
                "email.pace",
                "0s",
                "slack.timeout",
                "3s",
                "slack.api.url",
                TestServers.HTTP.baseUrl() + "/slack-api",
                "slack.webhook.url",
                TestServers.HTTP.baseUrl() + "/slack",
                "receiver.url",
                TestServers.HTTP.baseUrl() + "/webhook",
                "receiver.key",
                WEBHOOK_SECRET,
                "private.url",
                "https://10.0.0.1/webhook",
                "smtp.url",
                "smtp://127.0.0.1:" + TestServers.MAIL.getSmtp().getPort(),
                "alert.from.email",
                "alerts@example.com",
                "alert.to.email",
                "team@example.com"));
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
