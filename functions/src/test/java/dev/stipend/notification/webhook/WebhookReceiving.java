package dev.stipend.notification.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.stipend.budget.Severity;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.JsonText;
import dev.stipend.support.notification.MapSecrets;
import dev.stipend.support.notification.SampleAlert;
import io.micronaut.context.ApplicationContext;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A receiver of webhooks, and the notifier that sends to it.
@TestInstance(Lifecycle.PER_CLASS)
abstract class WebhookReceiving {
  static final String PATH = "/hooks/t0kenInTheAddress";
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final Duration LONG = Duration.ofSeconds(5);

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
          .build();

  static final class Here extends Destinations {
    @Override
    public boolean allowAddress(InetAddress address) {
      return address.isLoopbackAddress();
    }
  }

  final MapSecrets secrets = new MapSecrets();
  private ApplicationContext context;
  JsonText json;

  @BeforeAll
  void start() {
    context =
        ApplicationContext.builder().deduceEnvironment(false).eagerInitSingletons(false).start();
    json = context.getBean(JsonText.class);
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @BeforeEach
  void set() {
    secrets.with("WEBHOOK_URL", address()).with("WEBHOOK_SIGNING_SECRET", SECRET);
  }

  static String address() {
    return "https://localhost:" + RECEIVER.getHttpsPort() + PATH;
  }

  static Channel channel(Map<String, String> config) {
    return new Channel(
        new UUID(0, 1), new UUID(0, 2), ChannelKind.WEBHOOK, "team", config, Severity.INFO);
  }

  WebhookNotifier notifier(Destinations destinations, OkHttpClient.Builder base) {
    return notifier(InstantSource.system(), destinations, base);
  }

  WebhookNotifier notifier(
      InstantSource clock, Destinations destinations, OkHttpClient.Builder base) {
    OkHttpClient client = WebhookClient.guarded(base, destinations);
    return new WebhookNotifier(OwnSecrets.of(secrets), json, clock, destinations, () -> client);
  }

  SendOutcome send(Map<String, String> config, Duration timeout) {
    return notifier(new Here(), TrustingClient.builder().callTimeout(timeout))
        .send(channel(config), SampleAlert.warning().snapshot());
  }

  SendOutcome send() {
    return send(Map.of(), LONG);
  }

  static void answer(ResponseDefinitionBuilder response) {
    RECEIVER.stubFor(post(urlEqualTo(PATH)).willReturn(response));
  }

  static void answer(int status) {
    answer(aResponse().withStatus(status));
  }

  static List<LoggedRequest> received() {
    return RECEIVER.findAll(postRequestedFor(anyUrl()));
  }
}
