package dev.stipend.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ThresholdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1000000",
        "1e400",
        "0.0001",
        "99.9999",
        "1e-2000000000",
        "100e2147483647",
        "0e-2000000000"
      })
  void aPercentOutOfRangeIsRefused(String percent) {
    assertThatThrownBy(() -> Threshold.actual(new BigDecimal(percent)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be above 0, below 1000000, with at most 3 decimals");
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80",
    "80.000, 80",
    "1e2, 100",
    "99.5, 99.5",
    "0.001, 0.001",
    "999999.999, 999999.999",
    "120.50000, 120.5"
  })
  void aPercentIsShownWithoutNeedlessZeros(String percent, String shown) {
    assertThat(Threshold.actual(new BigDecimal(percent)).shown()).isEqualTo(shown);
  }

  @Test
  void equalLinesAreEqualHoweverTheyAreWritten() {
    assertThat(Threshold.actual(new BigDecimal("1e2")))
        .isEqualTo(Threshold.actual(new BigDecimal("100.000000")));
  }

  @ParameterizedTest
  @CsvSource({"99.999, WARNING, false", "100, CRITICAL, true", "100.001, CRITICAL, true"})
  void fromAHundredPercentOnALineIsCriticalAndAtTheLimit(
      BigDecimal percent, Severity severity, boolean atLimit) {
    Threshold line = Threshold.actual(percent);
    assertThat(line.severity()).isEqualTo(severity);
    assertThat(line.isAtLimit()).isEqualTo(atLimit);
    assertThat(line.kind()).isEqualTo(ThresholdKind.ACTUAL);
    assertThat(line.channels()).isEmpty();
  }

  @Test
  void itsChannelsCannotChangeBehindIt() {
    List<UUID> channels = new ArrayList<>(List.of(new UUID(1, 1)));
    Threshold line =
        new Threshold(
            ThresholdKind.ACTUAL, BigDecimal.TEN, Severity.INFO, channels, Optional.empty());
    channels.clear();
    assertThat(line.channels()).containsExactly(new UUID(1, 1));
  }
}
