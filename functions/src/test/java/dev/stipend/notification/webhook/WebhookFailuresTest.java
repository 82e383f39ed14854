package dev.stipend.notification.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.stipend.notification.send.SendOutcome.Failed;
import dev.stipend.notification.send.SendOutcome.Retry;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.notification.SampleAlert;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers and connections that fail, and what comes of each.
@TestInstance(Lifecycle.PER_CLASS)
class WebhookFailuresTest extends WebhookReceiving {
  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 422})
  void answerThatCannotHealIsFinal(int status) {
    answer(aResponse().withStatus(status).withBody("something of an inner service"));
    assertThat(send()).isEqualTo(new Failed("The webhook of WEBHOOK_URL answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsNotFollowedAndFinal(int status) {
    answer(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
    RECEIVER.stubFor(post(urlEqualTo("/elsewhere")).willReturn(aResponse()));
    RECEIVER.stubFor(get(urlEqualTo("/elsewhere")).willReturn(aResponse()));
    assertThat(send())
        .isEqualTo(
            new Failed(
                "The webhook of WEBHOOK_URL answered "
                    + status
                    + "; redirects are not followed, so give the final address"));
    assertThat(RECEIVER.getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void answerThatMayPassIsTriedAgain(int status) {
    answer(status);
    assertThat(send())
        .isEqualTo(new Retry("The webhook of WEBHOOK_URL answered " + status, Optional.empty()));
    assertThat(received()).hasSize(1);
  }

  @Test
  void clientDoesNotRepeatByItselfWhenAskedToComeAtOnce() {
    answer(aResponse().withStatus(503).withHeader("Retry-After", "0"));
    assertThat(send()).isInstanceOf(Retry.class);
    assertThat(received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void retryAfterIsPassedOn(int status) {
    answer(aResponse().withStatus(status).withHeader("Retry-After", "7"));
    assertThat(send())
        .isEqualTo(
            new Retry(
                "The webhook of WEBHOOK_URL answered " + status,
                Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void brokenConnectionIsTriedAgainLater(Fault fault) {
    answer(aResponse().withFault(fault));
    assertThat(send()).isInstanceOf(Retry.class);
  }

  @Test
  void refusedConnectionIsTriedAgain() {
    secrets.with("WEBHOOK_URL", "https://localhost:" + ClosedPort.find());
    assertThat(send())
        .isEqualTo(
            new Retry(
                "The webhook of WEBHOOK_URL could not be reached: the connection was refused",
                Optional.empty()));
  }

  @Test
  void unknownHostIsTriedAgain() {
    secrets.with("WEBHOOK_URL", "https://nowhere.invalid/");
    assertThat(send())
        .isEqualTo(
            new Retry(
                "The webhook of WEBHOOK_URL could not be reached: the name of its host is not"
                    + " known",
                Optional.empty()));
  }

  @Test
  void answerThatDoesNotComeIsTriedAgain() {
    answer(aResponse().withStatus(200).withFixedDelay(30_000));
    assertThat(send(Map.of(), Duration.ofMillis(300)))
        .isEqualTo(
            new Retry(
                "The webhook of WEBHOOK_URL could not be reached: it did not answer in time",
                Optional.empty()));
  }

  @Test
  void certificateThatNobodyTrustsIsTriedAgain() {
    answer(200);
    assertThat(
            notifier(new Here(), new OkHttpClient.Builder().callTimeout(LONG))
                .send(channel(Map.of()), SampleAlert.warning().snapshot()))
        .isEqualTo(
            new Retry(
                "The webhook of WEBHOOK_URL could not be reached: no secure connection could be"
                    + " made",
                Optional.empty()));
    assertThat(received()).isEmpty();
  }

  @Test
  void missingSecretIsFinalAndNamed() {
    assertThat(send(Map.of("signingSecret", "NOT_SET"), LONG))
        .isEqualTo(new Failed("NOT_SET is not set"));
    assertThat(send(Map.of("urlSecret", "NOR_THIS"), LONG))
        .isEqualTo(new Failed("NOR_THIS is not set"));
    secrets.with("WEBHOOK_SIGNING_SECRET", " ");
    assertThat(send()).isEqualTo(new Failed("WEBHOOK_SIGNING_SECRET is not set"));
    assertThat(received()).isEmpty();
  }

  @Test
  void malformedSecretIsFinalAndNotTold() {
    secrets.with("WEBHOOK_SIGNING_SECRET", "s3cr3t");
    assertThat(send())
        .isEqualTo(
            new Failed(
                "WEBHOOK_SIGNING_SECRET is not one or two signing secrets, each whsec_ and 24 to 64"
                    + " random bytes in base64"));
  }
}
