package dev.stipend.ingest.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.price.list.PriceListFile;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who sells a model, as SDKs name their providers.
final class ProviderPatternsTest {
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final Providers PROVIDERS = Providers.read();
  private static final PriceBook LIST =
      new PriceBook(new ModelNames(PROVIDERS), PriceListFile.prices());

  @ParameterizedTest
  @CsvSource({
    "openai.chat, gpt-4o, openai",
    "openai.responses, gpt-4o, openai",
    "openai.embedding, text-embedding-3-small, openai",
    "anthropic.messages, claude-sonnet-4-5, anthropic",
    "google.vertex.chat, gemini-2.5-pro, vertex_ai",
    "google.generative-ai, gemini-2.5-pro, google",
    "azure.responses, gpt-4o, azure",
    "azure-openai.chat, gpt-4o, azure",
    "azure.chat, gpt-4o, azure",
    "amazon-bedrock, anthropic.claude-sonnet-4-5, bedrock",
    "vertex.anthropic.messages, claude-sonnet-4-5, vertex_ai",
    "google.vertex.anthropic.messages, claude-sonnet-4-5, vertex_ai",
    "Mistral.chat, mistral-large-latest, mistral",
    "strands-agents, us.anthropic.claude-sonnet-4-5-20250929-v1:0, bedrock",
    "strands-agents, global.anthropic.claude-sonnet-4-5-20250929-v1:0, bedrock",
    "strands-agents, amazon.nova-pro-v1:0, bedrock",
    "langchain, claude-sonnet-4-5, anthropic",
    "pydantic-ai, gemini-2.5-pro, google",
    "langgraph, gpt-4o-mini, openai",
    "crewai, o3-mini, openai"
  })
  void aVendorWithItsApiAndAFrameworkWithATellingModelAreUnderstood(
      String provider, String model, String seller) {
    assertThat(PROVIDERS.seller(provider, model)).isEqualTo(seller);
    assertThat(LIST.priceAt(provider, model, NOW)).isEqualTo(LIST.priceAt(seller, model, NOW));
    assertThat(LIST.priceAt(provider, model, NOW)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "acme.chat, gpt-4o",
    "acme.openai.chat, gpt-4o",
    "openai.acme, gpt-4o",
    "openai.chat.acme, gpt-4o",
    "azure.cognitive.chat, gpt-4o",
    "aws.sagemaker, claude-sonnet-4-5",
    "chat.openai, gpt-4o",
    ".chat, gpt-4o",
    "strands-agents, llama-3.3-70b",
    "langchain, gpt-oss-120b",
    "langchain, my-gpt-4o",
    "acme, claude-sonnet-4-5"
  })
  void anUnknownVendorIsNobodyElse(String provider, String model) {
    assertThat(PROVIDERS.seller(provider, model)).isEmpty();
    assertThat(LIST.priceAt(provider, model, NOW)).isEmpty();
  }
}
