package dev.stipend.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactJsonTest {
  @Test
  void everyKindOfValueIsReadAsItsPlainCounterpart() {
    Map<String, @Nullable Object> expected = new LinkedHashMap<>();
    expected.put("text", "é ☕ \uD83D\uDE00");
    expected.put("number", new BigDecimal("0.10"));
    expected.put("yes", true);
    expected.put("no", false);
    expected.put("nothing", null);
    expected.put("list", Arrays.asList(BigDecimal.ONE, null, List.of()));
    expected.put("object", Map.of());
    assertThat(
            ExactJson.parse(
                """
                {"text": "é \\u2615 \\uD83D\\uDE00", "number": 0.10, "yes": true, "no": false, "nothing": null,
                 "list": [1, null, []], "object": {}}
                """))
        .isEqualTo(expected);
  }

  @Test
  void numbersKeepAllTheirDigits() {
    for (String number :
        List.of(
            "123456789012.123456789012",
            "0.100000000000000000000001",
            "-999999999999.999999999999",
            "1234567890123456789012345678901234567890",
            "9007199254740993",
            "0.1e-11")) {
      assertThat(ExactJson.parse(number)).isEqualTo(new BigDecimal(number));
    }
  }

  @Test
  @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void hugeExponentsCostNothing() {
    for (String number :
        List.of("1e400", "1e-400", "1e2000000000", "1e-2000000000", "100e2147483647")) {
      assertThat(ExactJson.parse("[" + number + "]")).isEqualTo(List.of(new BigDecimal(number)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "01",
        ".5",
        "5.",
        "1e",
        "0x10",
        "1_000",
        "'a'",
        "{a:1}",
        "{\"a\":1,}",
        "[1,]",
        "[1",
        "{\"a\":",
        "{\"a\"}",
        "\"a",
        "tru",
        "undefined",
        "// a\n1",
        "}",
        "[1}",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12\"",
        "1e99999999999",
        "1e-99999999999",
        "\uFEFF{}"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> ExactJson.parse(text))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageStartingWith("The body is not JSON: ");
  }

  @Test
  void anErrorNamesItsPlace() {
    assertThatThrownBy(() -> ExactJson.parse("{\n  \"a\": 1\n  \"b\": 2}"))
        .hasMessageContaining("(line 3, column ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t "})
  void anEmptyBodyIsRefused(String text) {
    assertThatThrownBy(() -> ExactJson.parse(text))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("The body is empty; JSON is expected.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "{} {}", "[] null", "{},", "\"a\" b", "{}x"})
  void anythingAfterTheValueIsRefused(String text) {
    assertThatThrownBy(() -> ExactJson.parse(text)).isInstanceOf(InvalidJsonException.class);
  }

  @Test
  void aFieldGivenTwiceIsRefusedAtEveryDepth() {
    for (String text : List.of("{\"a\":1,\"a\":1}", "[{\"b\":{\"a\":1,\"\\u0061\":2}}]")) {
      assertThatThrownBy(() -> ExactJson.parse(text))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessageContaining("Duplicate")
          .hasMessageContaining("a");
    }
    assertThat(ExactJson.parse("[{\"a\":1},{\"a\":2}]")).isInstanceOf(List.class);
  }

  @Test
  void depthIsBounded() {
    assertThat(ExactJson.parse("[".repeat(200) + "]".repeat(200))).isNotNull();
    for (String text :
        List.of(
            "[".repeat(201) + "]".repeat(201), "[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      assertThatThrownBy(() -> ExactJson.parse(text))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessageContaining("depth");
    }
  }

  @Test
  void theLengthOfNumbersAndTextsIsBounded() {
    assertThat(ExactJson.parse("9".repeat(64))).isEqualTo(new BigDecimal("9".repeat(64)));
    for (String number : List.of("9".repeat(65), "0." + "1".repeat(66), "1".repeat(1_000_000))) {
      assertThatThrownBy(() -> ExactJson.parse("[" + number + "]"))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessageContaining("length");
    }
    assertThatThrownBy(() -> ExactJson.parse("\"" + "a".repeat(20_000_001) + "\""))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageContaining("length");
  }

  @Test
  void halfACharacterIsReadBecauseNobodyMayAskForIt() {
    assertThat(ExactJson.parse("[\"a\\ud83db\"]")).isEqualTo(List.of("a\ud83db"));
  }

  @Test
  void aWideListIsReadWhole() {
    List<Object> expected = new ArrayList<>();
    StringBuilder text = new StringBuilder("[0");
    expected.add(BigDecimal.ZERO);
    for (int i = 1; i < 10_000; i++) {
      text.append(',').append(i);
      expected.add(BigDecimal.valueOf(i));
    }
    assertThat(ExactJson.parse(text + "]")).isEqualTo(expected);
  }
}
