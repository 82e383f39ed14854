package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.support.Forms;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IntakeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"eventId\":\"e\"}|NATIVE",
        "{\"occurredAt\":\"now\"}|NATIVE",
        "{\"userId\":\"u\",\"cost\":1}|NATIVE",
        "{\"inputTokens\":1}|NATIVE",
        "{\"eventId\":\"e\",\"specversion\":\"1.0\"}|NATIVE",
        "{\"specversion\":\"1.0\",\"data\":{}}|CLOUD_EVENT",
        "{\"specversion\":null}|CLOUD_EVENT",
        "{\"call_type\":\"\"}|LITELLM",
        "{\"response_cost\":1,\"model\":\"m\"}|LITELLM",
        "{\"__encrypted__\":true,\"payload\":\"x\"}|LITELLM_ENCRYPTED",
        "{\"resourceSpans\":[]}|OTLP",
        "{\"resourceSpans\":7}|OTLP",
        "{}|UNKNOWN",
        "{\"model\":\"gpt-4o\"}|UNKNOWN",
        "{\"events\":[]}|UNKNOWN",
        "[]|UNKNOWN",
        "null|UNKNOWN",
        "\"eventId\"|UNKNOWN",
        "7|UNKNOWN"
      })
  void aFormIsKnownByItsFields(String json, Form form) {
    assertThat(Form.of(ExactJson.parse(json))).isEqualTo(form);
  }

  @Test
  void aNativeEventPassesThroughWithoutACopy() {
    Object event = ExactJson.parse(Forms.text("native"));
    Intake intake = Intake.of(List.of(Objects.requireNonNull(event)));
    assertThat(intake.refusals()).isEmpty();
    assertThat(intake.events()).hasSize(1);
    assertThat(intake.events().getFirst().json()).isSameAs(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"hello\":1}", "null", "[[]]", "true", "\"text\""})
  void whatIsInNoFormIsToldWhichFormsThereAre(String json) {
    Intake intake = Intake.of(Collections.singletonList(ExactJson.parse(json)));
    assertThat(intake.events()).isEmpty();
    assertThat(intake.refusals()).hasSize(1);
    assertThat(intake.refusals().getFirst().reason())
        .contains("eventId", "specversion", "call_type", "resourceSpans");
  }

  @Test
  void whatLiteLlmEncryptedIsToldHowNotTo() {
    assertThat(Translated.refusal("{\"__encrypted__\":true,\"payload\":\"x\"}"))
        .contains("sqs_aws_use_application_level_encryption");
  }

  @Test
  void everyEventKnowsThePlaceOfItsMessage() {
    Intake intake =
        Translated.intake(
            Forms.text("otlp-traces"), "{}", Forms.text("native"), Forms.text("cloudevent"));
    assertThat(intake.events()).extracting(Intake.Event::index).containsExactly(0, 0, 2, 3);
    assertThat(intake.refusals()).extracting(Intake.Refusal::index).containsExactly(1);
    assertThat(intake.size()).isEqualTo(5);
  }

  @Test
  void partsHoldEveryEventAndEveryRefusalOnce() {
    Intake intake =
        Translated.intake(
            Forms.text("otlp-traces"), "{}", Forms.text("native"), Forms.text("cloudevent"));
    List<Intake> parts = intake.parts(3);
    assertThat(parts).extracting(Intake::size).containsExactly(4, 1);
    assertThat(parts.stream().flatMap(part -> part.events().stream()))
        .containsExactlyElementsOf(intake.events());
    assertThat(new Intake(List.of(), intake.refusals()).parts(3))
        .containsExactly(new Intake(List.of(), intake.refusals()));
  }

  @Test
  void aReasonNamesFieldsAsTheirSenderDoes() {
    InvalidJsonException wrong =
        new InvalidJsonException(
            List.of(
                new FieldError("inputTokens", "is odd"),
                new FieldError("tags.x", "is odd"),
                new FieldError("occurredAt", "is odd")));
    assertThat(Translated.intake(Forms.text("litellm-success")).events().getFirst().reason(wrong))
        .isEqualTo("prompt_tokens is odd; tags.x is odd; endTime is odd");
    assertThat(Translated.intake(Forms.text("cloudevent")).events().getFirst().reason(wrong))
        .isEqualTo("data.inputTokens is odd; data.tags.x is odd; time is odd");
    assertThat(Translated.intake(Forms.text("native")).events().getFirst().reason(wrong))
        .isEqualTo(wrong.summary());
  }
}
