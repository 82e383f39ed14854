package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How often somebody may try to sign in.
@ExtendWith(StipendExtension.class)
final class SignInLimitsTest {
  private final Stipend stipend;

  SignInLimitsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void anAddressIsHeldBackAfterThirtyAttemptsWhateverTheKeys() {
    for (int i = 0; i < 30; i++) {
      assertThat(from("203.0.113.7").signIn("guess-%02d-of-somebody".formatted(i)).status())
          .isEqualTo(401);
    }
    Answer heldBack = from("203.0.113.7").signIn(Stipend.ADMIN_KEY);
    assertThat(heldBack.status()).isEqualTo(429);
    assertThat(Integer.parseInt(Objects.requireNonNull(heldBack.header("retry-after"))))
        .isBetween(1, 901);
    assertThat(heldBack.response().getCookies()).isNull();
    assertThat(from("9.9.9.9, 203.0.113.7").signIn(Stipend.ADMIN_KEY).status())
        .as("what a sender says of itself does not count")
        .isEqualTo(429);
    assertThat(from("203.0.113.8").signIn(Stipend.ADMIN_KEY).status()).isEqualTo(303);

    stipend.clock.tick(Duration.ofMinutes(15));
    assertThat(from("203.0.113.7").signIn(Stipend.ADMIN_KEY).status()).isEqualTo(303);
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() {
    for (int i = 0; i < 30; i++) {
      from("2001:db8:1:2::%x".formatted(i)).signIn("guess-%02d-of-somebody".formatted(i));
    }
    assertThat(from("2001:db8:1:2:ffff::1").signIn(Stipend.ADMIN_KEY).status()).isEqualTo(429);
    assertThat(from("2001:db8:1:3::1").signIn(Stipend.ADMIN_KEY).status()).isEqualTo(303);
  }

  @Test
  void guessesAtOneKeyAreHeldBackFromWhereverTheyCome() {
    for (int i = 0; i < 10; i++) {
      assertThat(from("203.0.113." + i).signIn("stp_abcdef" + i).status()).isEqualTo(401);
    }
    assertThat(from("198.51.100.1").signIn("stp_abcdef-another").status()).isEqualTo(429);
    assertThat(from("198.51.100.1").signIn(Stipend.ADMIN_KEY).status()).isEqualTo(303);
  }

  @Test
  void neitherAddressNorKeyIsKeptAndOldCountsAreForgotten() {
    from("203.0.113.7").signIn("stp_secret-of-somebody");
    assertThat(
            stipend.database.rows(
                "SELECT octet_length(bucket), attempts FROM stipend.sign_in_attempts"))
        .containsExactly("32|1", "32|1");
    stipend.clock.tick(Duration.ofMinutes(16));
    from("203.0.113.8").signIn("another-key-of-somebody");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.sign_in_attempts"))
        .isEqualTo("2");
  }

  private Browser from(String address) {
    return new Browser(stipend).with("x-forwarded-for", address);
  }
}
