package dev.stipend.platform.json;

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
import org.junit.jupiter.params.provider.CsvSource;
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
        .hasMessageStartingWith("The body is not JSON: ")
        .message()
        .doesNotContain("`", "REDACTED", "Feature", "Stream", "token", "Source", "code ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "{\"a\":1 \"b\":2} | a comma is missing here (line 1, column 8, in a)",
        "{\"a\" 1} | a colon is missing here, between a field and its value (line 1, column 6, in"
            + " a)",
        "{a:1} | the name of a field in double quotes is expected here (line 1, column 2)",
        "{\"a\":[1,{\"b\":nope}]} | a value is expected here: a string in double quotes, a number,"
            + " true, false, null, a list or an object; and no comma after the last one (line 1,"
            + " column 18, in a[1].b)",
        "comment | a value is expected here: a string in double quotes, a number, true, false,"
            + " null, a list or an object; and no comma after the last one (line 1, column 8)",
        "{\"a\":NaN} | NaN and Infinity are not JSON numbers (line 1, column 9, in a)",
        "{\"a\":01} | a number must not begin with zeros (line 1, column 7, in a)",
        "{\"a\":5.} | a digit is missing here; write numbers such as 0.5, -3 or 1e6 (line 1, column"
            + " 7, in a)",
        "{\"a\":1e99999999999} | a number's exponent is too large (line 1, column 6, in a)",
        "{\"a\":[1 | it ends too early: a quote, bracket or brace is not closed (line 1, column 8,"
            + " in a[0])",
        "{\"a\":{\"b\":1,\"b\":2}} | the field appears twice (line 1, column 16, in a.b)",
        "{\"a\":1] | this bracket or brace does not close the last one opened (line 1, column"
            + " 7, in a)",
        "{\"a\":\"\\x\"} | a backslash in a string must be followed by one of \" \\ / b f n r t, or"
            + " by u and four hexadecimal digits (line 1, column 8, in a)",
        "// a | JSON has no comments (line 1, column 1)"
      })
  void whatIsNoJsonIsToldInPlainWordsWithItsPlace(String text, String reason) {
    assertThatThrownBy(() -> ExactJson.parse(text)).hasMessage("The body is not JSON: " + reason);
  }

  @Test
  void whatIsBeyondTheBoundsIsToldWithItsField() {
    assertThatThrownBy(() -> ExactJson.parse("{\"a\":" + "1".repeat(70) + "}"))
        .hasMessage("The body is not JSON: a number has more than 64 digits (in a)");
    assertThatThrownBy(() -> ExactJson.parse("{\"a\":" + "[".repeat(300)))
        .hasMessageStartingWith(
            "The body is not JSON: it is nested deeper than 200 levels (in a[0][0]");
    assertThatThrownBy(() -> ExactJson.parse("{\"" + "n".repeat(60_000) + "\":1}"))
        .hasMessage("The body is not JSON: the name of a field is too long");
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
          .hasMessageContaining("the field appears twice (line 1, column ");
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
          .hasMessageContaining("deeper than 200 levels");
    }
  }

  @Test
  void theLengthOfNumbersAndTextsIsBounded() {
    assertThat(ExactJson.parse("9".repeat(64))).isEqualTo(new BigDecimal("9".repeat(64)));
    for (String number : List.of("9".repeat(65), "0." + "1".repeat(66), "1".repeat(1_000_000))) {
      assertThatThrownBy(() -> ExactJson.parse("[" + number + "]"))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessageContaining("a number has more than 64 digits");
    }
    assertThatThrownBy(() -> ExactJson.parse("\"" + "a".repeat(20_000_001) + "\""))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessageContaining("a string is longer than 20,000,000 characters");
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
