package dev.stipend.notification.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Sent;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.notification.SampleAlert;
import java.net.InetAddress;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class WebhookNotifierTest extends WebhookReceiving {
  private static final String NEXT_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

  /// With what production sends with, except for whom it trusts.
  private SendOutcome sendStrictly(OkHttpClient.Builder base) {
    return notifier(new Destinations(), base.callTimeout(LONG))
        .send(channel(Map.of()), SampleAlert.warning().snapshot());
  }

  private static HttpHeaders headers(LoggedRequest request) {
    return HttpHeaders.of(
        request.getHeaders().all().stream()
            .collect(Collectors.toMap(header -> header.key(), header -> header.values())),
        (name, value) -> true);
  }

  @Test
  void requestCarriesTheSnapshotAndASignatureThatAnotherLibraryVerifies() throws Exception {
    answer(200);
    assertThat(send()).isEqualTo(new Sent(Optional.empty()));
    LoggedRequest request = received().getFirst();
    assertThat(request.getBodyAsString())
        .isEqualTo(json.write(SampleAlert.warning().snapshot()))
        .startsWith(
            "{\"id\":\"0199f6a0-0000-7000-8000-000000000001.raised\",\"type\":\"alert.raised\"");
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeader("webhook-id"))
        .isEqualTo("0199f6a0-0000-7000-8000-000000000001.raised");
    new Webhook(SECRET).verify(request.getBodyAsString(), headers(request));
    assertThatThrownBy(
            () -> new Webhook(SECRET).verify(request.getBodyAsString() + " ", headers(request)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void whileSecretsAreExchangedBothVerify() {
    answer(200);
    secrets.with("WEBHOOK_SIGNING_SECRET", NEXT_SECRET + " " + SECRET);
    assertThat(send()).isInstanceOf(Sent.class);
    LoggedRequest request = received().getFirst();
    for (String secret : List.of(SECRET, NEXT_SECRET)) {
      assertThatCode(() -> new Webhook(secret).verify(request.getBodyAsString(), headers(request)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyAttemptHasTheSameIdAndItsOwnTime() {
    answer(503);
    Instant first = Instant.parse("2026-11-20T14:03:07Z");
    for (Instant now : List.of(first, first.plusSeconds(75))) {
      notifier(InstantSource.fixed(now), new Here(), TrustingClient.builder())
          .send(channel(Map.of()), SampleAlert.warning().snapshot());
    }
    assertThat(received())
        .extracting(request -> request.getHeader("webhook-id"))
        .hasSize(2)
        .containsOnly("0199f6a0-0000-7000-8000-000000000001.raised");
    assertThat(received())
        .extracting(request -> request.getHeader("webhook-timestamp"))
        .containsExactlyInAnyOrder("1795183387", "1795183462");
  }

  @Test
  void channelMayNameOtherSecrets() {
    answer(200);
    secrets.with("OPS_URL", address()).with("OPS_KEY", NEXT_SECRET).with("WEBHOOK_URL", "nothing");
    assertThat(send(Map.of("urlSecret", "OPS_URL", "signingSecret", "OPS_KEY"), LONG))
        .isInstanceOf(Sent.class);
    assertThatCode(
            () ->
                new Webhook(NEXT_SECRET)
                    .verify(
                        received().getFirst().getBodyAsString(), headers(received().getFirst())))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void anyTwoHundredIsSent(int status) {
    answer(status);
    assertThat(send()).isInstanceOf(Sent.class);
  }

  @Test
  void whatATwoHundredSaysIsNoMatter() {
    answer(aResponse().withStatus(200).withBody("{\"ok\":false}"));
    assertThat(send()).isInstanceOf(Sent.class);
  }

  /// The receiver has said that it has the event; what it says after that is not waited for.
  @Test
  void bodyOfATwoHundredIsNotWaitedFor() {
    answer(aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertThat(send()).isInstanceOf(Sent.class);
    answer(
        aResponse().withStatus(200).withBody("x".repeat(1000)).withChunkedDribbleDelay(10, 30_000));
    assertThat(send()).isInstanceOf(Sent.class);
    answer(aResponse().withStatus(200).withBody(new byte[20_000_000]));
    assertThat(send()).isInstanceOf(Sent.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "10.1.2.3",
        "172.20.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "224.0.0.1"
      })
  void addressThatIsNotPublicIsRefusedForGood(String host) {
    answer(200);
    secrets.with("WEBHOOK_URL", "https://" + host + ":" + RECEIVER.getHttpsPort() + PATH);
    assertThat(sendStrictly(TrustingClient.builder()))
        .isEqualTo(
            new Failed(
                "the host in WEBHOOK_URL resolves to an address that is not public; webhooks go to"
                    + " public addresses only"));
    assertThat(received()).isEmpty();
  }

  /// Whatever a name server says and when: what counts is where the connection would go.
  @Test
  void publicNameThatLeadsIntoAPrivateNetworkIsRefused() {
    answer(200);
    secrets.with("WEBHOOK_URL", "https://example.com:" + RECEIVER.getHttpsPort() + PATH);
    assertThat(
            sendStrictly(
                TrustingClient.builder().dns(host -> List.of(InetAddress.ofLiteral("127.0.0.1")))))
        .isInstanceOf(Failed.class);
    assertThat(received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/hook",
        "ftp://example.com/hook",
        "example.com",
        "https://",
        "https://user:password@example.com/",
        "file:///etc/passwd",
        "nonsense"
      })
  void anythingButAPlainHttpsAddressIsFinalAndNotTold(String address) {
    secrets.with("WEBHOOK_URL", address);
    assertThat(send())
        .isEqualTo(
            new Failed("WEBHOOK_URL is not an https address without user name and password"));
  }

  @Test
  void isConfiguredByItsAddress() {
    assertThat(notifier(new Here(), TrustingClient.builder()).isConfigured()).isTrue();
    secrets.without("WEBHOOK_URL");
    assertThat(notifier(new Here(), TrustingClient.builder()).isConfigured()).isFalse();
  }

  @Test
  void neitherAddressNorSecretIsInAnyReasonLogOrMessage() {
    try (CapturedLog log = CapturedLog.start()) {
      StringBuilder reasons = new StringBuilder();
      for (int status : List.of(200, 301, 404, 500)) {
        answer(aResponse().withStatus(status).withBody(address() + SECRET));
        reasons.append(send());
      }
      answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
      reasons.append(send());
      reasons.append(sendStrictly(TrustingClient.builder()));
      secrets.with("WEBHOOK_URL", "http://localhost" + PATH);
      reasons.append(send());
      secrets.with("WEBHOOK_URL", address()).with("WEBHOOK_SIGNING_SECRET", SECRET + "=");
      reasons.append(send());
      String body = received().getFirst().getBodyAsString();
      assertThat(reasons + body + log.text("dev.stipend", "okhttp3", "io.micronaut", "jdk."))
          .contains("answered 500")
          .doesNotContain("t0kenInTheAddress", SECRET.substring("whsec_".length()));
    }
  }
}
