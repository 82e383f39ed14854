package dev.stipend.notification.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final String DATE = "Fri, 20 Nov 2026 14:00:00 GMT";

  @Test
  void secondsAreTakenAsTheyAre() {
    assertThat(RetryAfter.of(" 30 ", null)).contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.of("0", null)).contains(Duration.ZERO);
  }

  @Test
  void dateIsComparedWithTheProvidersOwnClock() {
    assertThat(RetryAfter.of("Fri, 20 Nov 2026 14:02:00 GMT", DATE))
        .contains(Duration.ofMinutes(2));
  }

  @Test
  void dateInThePastIsNoWait() {
    assertThat(RetryAfter.of("Fri, 20 Nov 2026 13:00:00 GMT", DATE)).contains(Duration.ZERO);
  }

  @Test
  void dateWithoutTheProvidersClockSaysNothing() {
    assertThat(RetryAfter.of("Fri, 20 Nov 2026 14:02:00 GMT", null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999999999999"})
  void nonsenseSaysNothing(String value) {
    assertThat(RetryAfter.of(value, DATE)).isEmpty();
    assertThat(RetryAfter.ofEpoch(value, DATE)).isEmpty();
  }

  @Test
  void absentHeaderSaysNothing() {
    assertThat(RetryAfter.of(null, DATE)).isEmpty();
    assertThat(RetryAfter.ofEpoch(null, DATE)).isEmpty();
  }

  @Test
  void epochIsComparedWithTheProvidersOwnClock() {
    assertThat(RetryAfter.ofEpoch("1795183230", DATE)).contains(Duration.ofSeconds(30));
  }
}
