package dev.stipend.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VisibleTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ops\u200b",
        "O\u200dps",
        "\u200dOps",
        "Ops\u200d",
        "O\u200cps",
        "\ufeffOps",
        "Op\u00ads",
        "O\u2060ps",
        "\u202eOps",
        "Ops\u2069",
        "Ops\u3164",
        "Ops\udb40\udc41",
        "👩\u200dx",
        "1\u200d2",
        "аб\u200dв"
      })
  void whatNobodySeesIsFound(String text) {
    assertThat(VisibleText.hidesSomething(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ops",
        "Ópera 予算 🚀",
        "👩\u200d💻 Dev",
        "❤\ufe0f\u200d🔥",
        "🏳\ufe0f\u200d🌈",
        "می\u200cخواهم",
        "क्\u200dष",
        "a\u00a0b",
        "#1️⃣"
      })
  void whatPeopleSeeHidesNothing(String text) {
    assertThat(VisibleText.hidesSomething(text)).isFalse();
    assertThat(VisibleText.isBlank(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", " \u2007\u202f\u3000", "\u200b", "\ufe0f", "\u115f", ""})
  void blanksOfAnyKindAreBlank(String text) {
    assertThat(VisibleText.isBlank(text)).isTrue();
  }
}
