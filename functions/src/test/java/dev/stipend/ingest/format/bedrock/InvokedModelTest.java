package dev.stipend.ingest.format.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InvokedModelTest {
  private static final String ARN = "arn:aws:bedrock:us-east-1:111122223333:";

  @ParameterizedTest
  @CsvSource({
    "'',us.anthropic.claude-sonnet-4-5-20250929-v1:0,,us.anthropic.claude-sonnet-4-5-20250929-v1:0,",
    "'',amazon.nova-pro-v1:0,claude-haiku-4-5,amazon.nova-pro-v1:0,",
    "arn,inference-profile/eu.amazon.nova-pro-v1:0,,eu.amazon.nova-pro-v1:0,",
    "arn,foundation-model/amazon.nova-pro-v1:0,,amazon.nova-pro-v1:0,",
    "arn,application-inference-profile/a1b2,claude-haiku-4-5-20251001,"
        + "anthropic.claude-haiku-4-5-20251001,a1b2",
    "arn,default-prompt-router/anthropic.claude:1,"
        + "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-3-haiku,"
        + "us.anthropic.claude-3-haiku,"
  })
  void theNameIsTheOneThatHasAPrice(
      String prefix, String id, String answered, String name, String profile) {
    InvokedModel model =
        InvokedModel.of((prefix.isEmpty() ? "" : ARN) + id, answered == null ? "" : answered);
    assertThat(model.name()).isEqualTo(name);
    assertThat(model.profile()).isEqualTo(profile == null ? "" : profile);
  }

  @ParameterizedTest
  @CsvSource({
    "application-inference-profile/a1b2",
    "prompt-router/a1b2",
    "provisioned-model/a1b2",
    "custom-model-deployment/a1b2"
  })
  void whatSaysNothingOfTheModelKeepsItsWholeName(String id) {
    assertThat(InvokedModel.of(ARN + id, "").name()).isEqualTo(ARN + id);
  }
}
