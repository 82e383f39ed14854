package dev.stipend.ingest.format;

import static dev.stipend.ingest.format.LogExports.CLAUDE_CALL;
import static dev.stipend.ingest.format.LogExports.CODEX_CALL;
import static dev.stipend.ingest.format.LogExports.GEMINI_CALL;
import static dev.stipend.ingest.format.LogExports.log;
import static dev.stipend.ingest.format.LogExports.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What each coding agent tells in its own way.
final class CodingAgentsTest {
  private static Map<?, ?> claude(String attributes) {
    return Translated.event(log("com.anthropic.claude_code.events", "", CLAUDE_CALL + attributes));
  }

  private static Map<?, ?> tags(Map<?, ?> event) {
    return event.get("tags") instanceof Map<?, ?> tags ? tags : Map.of();
  }

  @ParameterizedTest
  @CsvSource({
    "user.email,mail@example.com",
    "enduser.id,chosen",
    "user.account_uuid,account",
    "user.id,hash"
  })
  void whoPaysIsTheFirstOfThese(String last, String value) {
    String all =
        text("user.id", "hash")
            + (last.equals("user.id") ? "" : text("user.account_uuid", "account"))
            + (last.startsWith("user.a") || last.equals("user.id")
                ? ""
                : text("enduser.id", "chosen"))
            + (last.equals("user.email") ? text("user.email", "mail@example.com") : "");
    assertThat(claude(all).get("userId")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"team.id", "team", "department", "service.namespace"})
  void theTeamIsToldByAnyOfTheseOfTheResource(String key) {
    String resource = text(key, "payments").substring(1);
    assertThat(
            Translated.event(log("com.anthropic.claude_code.events", resource, CLAUDE_CALL))
                .get("teamId"))
        .isEqualTo("payments");
  }

  @ParameterizedTest
  @CsvSource({"bedrock,bedrock", "vertex,vertex_ai", "foundry,azure_ai", "other,anthropic"})
  void claudeCodeTellsWhoSellsTheModel(String told, String provider) {
    assertThat(claude(text("anthropic.provider", told)).get("provider")).isEqualTo(provider);
  }

  @Test
  void optionsAreNoPartOfAModelsName() {
    assertThat(claude(text("model", "claude-sonnet-4-5[1m]")).get("model"))
        .isEqualTo("claude-sonnet-4-5");
  }

  @Test
  void fastModeIsAServiceTierAndWhatIsWrittenForAnHourIsToldApart() {
    Map<?, ?> call =
        claude(
            text("speed", "fast")
                + text("cache_creation_tokens", "900")
                + text("cache_creation_1h_tokens", "400"));
    assertThat(call.get("serviceTier")).isEqualTo("fast");
    assertThat(String.valueOf(call.get("inputTokens"))).isEqualTo("905");
    assertThat(String.valueOf(call.get("cacheWrite1hTokens"))).isEqualTo("400");
    assertThat(claude(text("speed", "normal")).containsKey("serviceTier")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Chatgpt,subscription", "ApiKey,"})
  void codexTellsWhetherAPlanPays(String mode, String plan) {
    Map<?, ?> call =
        Translated.event(log("codex_otel.log_only", "", CODEX_CALL + text("auth_mode", mode)));
    assertThat(tags(call).get("plan")).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource({
    "oauth-personal,subscription,gemini",
    "gemini-api-key,,gemini",
    "vertex-ai,,vertex_ai"
  })
  void geminiCliTellsWhetherAPlanPaysAndWhoSells(String type, String plan, String provider) {
    Map<?, ?> call = Translated.event(log("gemini-cli", "", GEMINI_CALL + text("auth_type", type)));
    assertThat(tags(call).get("plan")).isEqualTo(plan);
    assertThat(call.get("provider")).isEqualTo(provider);
  }

  @Test
  void thePlanMayBeToldByTheResource() {
    String resource = text("plan", "subscription").substring(1);
    Map<?, ?> call =
        Translated.event(log("com.anthropic.claude_code.events", resource, CLAUDE_CALL));
    assertThat(tags(call).get("plan")).isEqualTo("subscription");
  }

  @Test
  void theThoughtsAndToolsOfGeminiAreBesideWhatItCountsThemWith() {
    Map<?, ?> call =
        Translated.event(
            log(
                "gemini-cli",
                "",
                GEMINI_CALL
                    + text("tool_token_count", "7")
                    + text("output_token_count", "2")
                    + text("thoughts_token_count", "3")));
    assertThat(String.valueOf(call.get("inputTokens"))).isEqualTo("12");
    assertThat(String.valueOf(call.get("outputTokens"))).isEqualTo("5");
    assertThat(String.valueOf(call.get("reasoningTokens"))).isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({"0.0068249999999999995,0.006825", "'0.5',0.5", "0,", "-1,", "true,", "1e-20,"})
  void whatTheAgentReckonsIsRoundedToTwelveDecimals(String told, String cost) {
    String value =
        told.startsWith("'") ? "{'stringValue':" + told + "}" : "{'doubleValue':" + told + "}";
    assertThat(tags(claude(",{'key':'cost_usd','value':" + value + "}")).get("reported_cost"))
        .isEqualTo(cost);
  }
}
