package dev.stipend.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {
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

  @Test
  void aWholeNumberMayBeWrittenWithZerosAndExponents() {
    assertThat(fields("{\"a\":1e3}").whole("a", 0, 1000)).contains(1000L);
    assertThat(fields("{\"a\":1000.000}").whole("a", 0, 1000)).contains(1000L);
    assertThat(fields("{\"a\":0e-2000000000}").whole("a", 0, 1000)).contains(0L);
    assertThat(fields("{\"a\":9223372036854775807}").whole("a", 0, Long.MAX_VALUE))
        .contains(Long.MAX_VALUE);
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
                        new FieldError("b", "must be a string"),
                        new FieldError("c", "must be true or false"),
                        new FieldError("d", "is not a known field")))
        .hasMessage(
            "a is required; b must be a string; c must be true or false; d is not a known field");
  }

  @Test
  void aRequiredFieldThatIsWrongHasOneErrorAndNotTwo() {
    JsonFields fields = fields("{\"a\": 5}");
    fields.require("a");
    fields.text("a", 5);
    assertThatThrownBy(fields::check).hasMessage("a must be a string");
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
            "lines[1].percent must be a number; lines[1].to.k must be a string;"
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

  private static JsonFields fields(String json) {
    return JsonFields.of(ExactJson.parse(json));
  }
}
