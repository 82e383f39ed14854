package dev.stipend.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
  private static final String TIME =
      "a must be an ISO 8601 time with its offset, such as 2026-03-01T09:30:00Z";

  @Test
  void anAbsentFieldAndANullAreEmptyForEveryGetter() {
    for (String json : List.of("{}", "{\"a\":null}")) {
      JsonFields fields = fields(json);
      assertThat(fields.text("a", 10)).isEmpty();
      assertThat(fields.money("a")).isEmpty();
      assertThat(fields.decimal("a")).isEmpty();
      assertThat(fields.whole("a", 1, 2)).isEmpty();
      assertThat(fields.bool("a")).isEmpty();
      assertThat(fields.instant("a")).isEmpty();
      assertThat(fields.zone("a")).isEmpty();
      assertThat(fields.oneOf("a", Map.of("b", 1))).isEmpty();
      assertThat(fields.texts("a", 1, 1)).isEmpty();
      assertThat(fields.list("a")).isEmpty();
      assertThat(fields.any("a")).isEmpty();
      fields.check();
    }
  }

  @Test
  void everyGetterReadsWhatItIsFor() {
    JsonFields fields =
        fields(
            """
            {"text": "ok", "money": 0.80, "moneyText": "0.80", "decimal": 99.5, "whole": 3.0, "bool": false,
             "instant": "2026-03-01T09:30:00.5+05:45", "zone": "America/Mexico_City", "choice": "usage",
             "texts": {"k": "v", "none": null}, "list": [1], "any": {"x": 1}}
            """);
    assertThat(fields.text("text", 2)).contains("ok");
    assertThat(fields.money("money")).contains(Money.of("0.8"));
    assertThat(fields.money("moneyText")).contains(Money.of("0.8"));
    assertThat(fields.decimal("decimal")).contains(new BigDecimal("99.5"));
    assertThat(fields.whole("whole", 3, 3)).contains(3L);
    assertThat(fields.bool("bool")).contains(false);
    assertThat(fields.instant("instant")).contains(Instant.parse("2026-03-01T03:45:00.5Z"));
    assertThat(fields.zone("zone")).contains(ZoneId.of("America/Mexico_City"));
    assertThat(fields.oneOf("choice", Map.of("usage", 7))).contains(7);
    assertThat(fields.texts("texts", 2, 4)).isEqualTo(Map.of("k", "v"));
    assertThat(fields.list("list")).contains(List.of(BigDecimal.ONE));
    assertThat(fields.any("any")).contains(Map.of("x", BigDecimal.ONE));
    fields.refuseUnknown();
    fields.check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | a must be a text",
        "true | a must be a text",
        "[] | a must be a text",
        "{} | a must be a text",
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

  @Test
  void aWholeNumberMayBeWrittenWithZerosAndExponents() {
    assertThat(fields("{\"a\":1e3}").whole("a", 0, 1000)).contains(1000L);
    assertThat(fields("{\"a\":1000.000}").whole("a", 0, 1000)).contains(1000L);
    assertThat(fields("{\"a\":0e-2000000000}").whole("a", 0, 1000)).contains(0L);
    assertThat(fields("{\"a\":9223372036854775807}").whole("a", 0, Long.MAX_VALUE))
        .contains(Long.MAX_VALUE);
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
        "[] | a must be an object of texts",
        "\"x\" | a must be an object of texts",
        "{\"k\":1} | a.k must be a text",
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

  @Test
  void allErrorsOfAnObjectAreReportedTogether() {
    JsonFields fields = fields("{\"b\": 5, \"c\": \"maybe\", \"d\": 1}");
    fields.require("a");
    fields.text("b", 5);
    fields.bool("c");
    fields.refuseUnknown();
    assertThatThrownBy(fields::check)
        .isInstanceOfSatisfying(
            InvalidJsonException.class,
            invalid ->
                assertThat(invalid.errors())
                    .containsExactly(
                        new FieldError("a", "is required"),
                        new FieldError("b", "must be a text"),
                        new FieldError("c", "must be true or false"),
                        new FieldError("d", "is not a known field")))
        .hasMessage(
            "a is required; b must be a text; c must be true or false; d is not a known field");
  }

  @Test
  void aRequiredFieldThatIsWrongHasOneErrorAndNotTwo() {
    JsonFields fields = fields("{\"a\": 5}");
    fields.require("a");
    fields.text("a", 5);
    assertThatThrownBy(fields::check).hasMessage("a must be a text");
  }

  @Test
  void elementsOfAListNameTheirPlace() {
    JsonFields fields =
        fields(
            "{\"lines\": [{\"percent\": 80}, {\"percent\": \"x\", \"to\": {\"k\": 1}}, 5, null]}");
    List<?> list = fields.list("lines").orElseThrow();
    for (int i = 0; i < list.size(); i++) {
      JsonFields line = fields.element("lines", i, list.get(i));
      line.decimal("percent");
      line.texts("to", 3, 3);
      line.refuseUnknown();
    }
    assertThatThrownBy(fields::check)
        .hasMessage(
            "lines[1].percent must be a number; lines[1].to.k must be a text;"
                + " lines[2] must be an object; lines[3] must be an object");
  }

  @Test
  void whatACallerFindsWrongIsReportedWithTheRest() {
    JsonFields fields = fields("{}");
    fields.error("a", "must be odd");
    assertThatThrownBy(fields::check).hasMessage("a must be odd");
  }

  @Test
  void aNameThatIsLongOrUnprintableCannotFloodOrForgeALog() {
    JsonFields fields = fields("{\"x\\nERROR all is lost\": 1, \"" + "y".repeat(300) + "\": 1}");
    fields.refuseUnknown();
    assertThatThrownBy(fields::check)
        .hasMessage(
            "x\uFFFDERROR all is lost is not a known field; "
                + "y".repeat(200)
                + "… is not a known field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"{}\"", "true"})
  void whatIsNoObjectHasNoFields(String json) {
    assertThatThrownBy(() -> JsonFields.of(ExactJson.parse(json)))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("A JSON object is expected.");
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
}
