package dev.stipend.platform.wording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void lineEndsAndControlCharactersBecomeOneSpace() {
    assertThat(OneLine.of(" a\r\nb\t\0c\u2028d\u0085e ")).isEqualTo("a b c d e");
  }

  @Test
  void marksThatHideOrReverseTextAreTakenOut() {
    assertThat(OneLine.of("a\u202Eb\u200Bc\uFEFF")).isEqualTo("a b c");
  }

  @Test
  void otherScriptsAndEmojiStay() {
    assertThat(OneLine.of("Żółć 予算 🚀")).isEqualTo("Żółć 予算 🚀");
  }

  @Test
  void shortTextIsLeftAlone() {
    assertThat(OneLine.shorten("12345", 5)).isEqualTo("12345");
  }

  @Test
  void longTextIsCutToTheLimitWithAnEllipsis() {
    assertThat(OneLine.shorten("123456", 5)).isEqualTo("1234…");
  }

  @Test
  void noCharacterIsCutInTwo() {
    assertThat(OneLine.shorten("123🚀56", 5)).isEqualTo("123…");
  }
}
