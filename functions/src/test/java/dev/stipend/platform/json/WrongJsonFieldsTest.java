package dev.stipend.platform.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said of fields that are wrong.
final class WrongJsonFieldsTest {
  private static final String TIME =
      "a must be an ISO 8601 time with an offset, such as 2026-03-01T09:30:00Z";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | a must be a string",
        "true | a must be a string",
        "[] | a must be a string",
        "{} | a must be a string",
        "\"\" | a must have 1 to 5 characters",
        "\"  \" | a must have 1 to 5 characters",
        "\"123456\" | a must have 1 to 5 characters",
        "\"a\\u0000\" | a must not contain control characters",
        "\"a\\nb\" | a must not contain control characters",
        "\"a\\u001fb\" | a must not contain control characters",
        "\"a\\u0085b\" | a must not contain control characters",
        "\"\\ud800\" | a must not contain half of a surrogate pair",
        "\"\\ude00\\ud83d\" | a must not contain half of a surrogate pair"
      })
  void aWrongTextSaysWhatWouldBeRight(String json, String error) {
    assertError(json, fields -> fields.text("a", 5), error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true | a must be a decimal number such as 0.80",
        "[1] | a must be a decimal number such as 0.80",
        "\"\" | a is not a decimal number such as 0.80",
        "\"12,5\" | a is not a decimal number such as 0.80",
        "\"NaN\" | a is not a decimal number such as 0.80",
        "1e400 | a has more than 12 integer digits",
        "100e2147483647 | a has more than 12 integer digits",
        "\"1000000000000\" | a has more than 12 integer digits",
        "1e-13 | a has more than 12 decimals",
        "1e-2000000000 | a has more than 12 decimals"
      })
  void wrongMoneySaysWhatWouldBeRight(String json, String error) {
    assertError(json, fields -> fields.money("a"), error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"3\"",
        "true",
        "0",
        "-1",
        "6",
        "1.5",
        "3e-1",
        "1e400",
        "100e2147483647",
        "1e-2000000000"
      })
  void aWrongWholeNumberSaysItsRange(String json) {
    assertError(json, fields -> fields.whole("a", 1, 5), "a must be a whole number from 1 to 5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"3\"", "false", "{}"})
  void aWrongNumberSaysSo(String json) {
    assertError(json, fields -> fields.decimal("a"), "a must be a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "1e-400", "1e2000000000", "1e-2000000000", "0e-2000000000"})
  void aNumberThatWouldFillTheMemoryWhenItIsComputedWithIsRefused(String json) {
    assertError(json, fields -> fields.decimal("a"), "a must be a number of at most 64 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"true\"", "1", "[]"})
  void aWrongYesOrNoSaysSo(String json) {
    assertError(json, fields -> fields.bool("a"), "a must be true or false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767225600",
        "\"\"",
        "\"2026-03-01\"",
        "\"2026-03-01T09:30:00\"",
        "\"2026-03-01 09:30:00Z\"",
        "\"2026-02-29T00:00:00Z\"",
        "\"2026-03-01T24:00:00Z\"",
        "\"2026-03-01T09:30:60Z\"",
        "\"2026-03-01T09:30:00[UTC]\"",
        "\"2026-03-01T09:30:00+19:00\"",
        "\"+1000000000-01-01T00:00:00Z\"",
        "\"now\""
      })
  void aWrongTimeSaysItsForm(String json) {
    assertError(json, fields -> fields.instant("a"), TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"\"", "\"Mexico City\"", "\"america/mexico_city\"", "\"+05:00\""})
  void aWrongZoneSaysItsForm(String json) {
    assertError(
        json,
        fields -> fields.zone("a"),
        "a must be an IANA time zone such as America/Mexico_City");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"\"", "\"Usage\"", "\"refund\""})
  void aWrongChoiceListsTheRightOnes(String json) {
    Map<String, Integer> choices = new LinkedHashMap<>();
    choices.put("usage", 1);
    choices.put("adjustment", 2);
    assertError(json, fields -> fields.oneOf("a", choices), "a must be one of usage, adjustment");
  }

  @Test
  void aListThatIsNoneSaysSo() {
    assertError("{}", fields -> fields.list("a"), "a must be a list");
    assertError("\"x\"", fields -> fields.list("a"), "a must be a list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | a must be an object of strings",
        "\"x\" | a must be an object of strings",
        "{\"k\":1} | a.k must be a string",
        "{\"k\":\"\"} | a.k must have 1 to 3 characters",
        "{\"k\":\"a\\u0007\"} | a.k must not contain control characters",
        "{\"k\":\"1\",\"l\":\"2\",\"m\":\"3\"} | a must have at most 2 entries",
        "{\"\":\"v\"} | a must have names of 1 to 3 characters without control characters",
        "{\" \":\"v\"} | a must have names of 1 to 3 characters without control characters",
        "{\"long\":\"v\"} | a must have names of 1 to 3 characters without control characters",
        "{\"k\\u0000\":\"v\"} | a must have names of 1 to 3 characters without control characters",
        "{\"k\\u001f\":\"v\"} | a must have names of 1 to 3 characters without control characters",
        "{\"\\ud800\":\"v\"} | a must have names of 1 to 3 characters without control characters"
      })
  void wrongTextsSayWhichOne(String json, String error) {
    assertError(json, fields -> fields.texts("a", 2, 3), error);
  }

  private static void assertError(String json, Consumer<JsonFields> getter, String error) {
    JsonFields fields = fields("{\"a\":" + json + "}");
    getter.accept(fields);
    ThrowingCallable check = fields::check;
    assertThatThrownBy(check).isInstanceOf(InvalidJsonException.class).hasMessage(error);
  }

  private static JsonFields fields(String json) {
    return JsonFields.of(ExactJson.parse(json));
  }

  @Test
  void ofManyErrorsTheFirstAreTold() {
    Map<String, Object> unknown = new LinkedHashMap<>();
    IntStream.range(0, 5000).forEach(i -> unknown.put("f" + i, 1));
    JsonFields fields = JsonFields.of(unknown);
    fields.refuseUnknown();
    assertThatThrownBy(fields::check)
        .hasMessageStartingWith("f0 is not a known field; f1 is")
        .hasMessageEndingWith("f19 is not a known field; * has 4980 more");
  }
}
