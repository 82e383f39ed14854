package dev.stipend.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningSecretsTest {
  private static final String ONE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static String sign(String secrets) {
    return SigningSecrets.parse(secrets)
        .orElseThrow()
        .sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            Instant.ofEpochSecond(1614265330),
            "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));
  }

  /// The vector in the tests of every library of Standard Webhooks.
  @Test
  void signatureIsThatOfThePublishedExample() {
    assertThat(sign(ONE)).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", ",", "\n", ", "})
  void twoSecretsMakeTwoSignaturesInTheirOrder(String between) {
    assertThat(sign(ONE + between + OTHER)).isEqualTo(sign(ONE) + " " + sign(OTHER));
    assertThat(sign(OTHER + between + ONE + "\n")).isEqualTo(sign(OTHER) + " " + sign(ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_not base64 at all",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
        ONE + " nothing",
        ONE + " " + OTHER + " " + ONE,
        ""
      })
  void anythingElseIsNoSecret(String text) {
    assertThat(SigningSecrets.parse(text)).isEmpty();
  }

  @Test
  void secretOfMoreThanTheMostBytesIsNone() {
    assertThat(SigningSecrets.parse("whsec_" + "A".repeat(84) + "AA=="))
        .isNotEqualTo(Optional.empty());
    assertThat(SigningSecrets.parse("whsec_" + "A".repeat(88))).isEmpty();
  }

  @Test
  void secretsDoNotShowThemselves() {
    assertThat(SigningSecrets.parse(ONE).toString()).isEqualTo("Optional[***]");
  }
}
