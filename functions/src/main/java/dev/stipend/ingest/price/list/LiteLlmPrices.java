package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.Providers;
import dev.stipend.ingest.price.TokenKind;
import dev.stipend.ingest.price.TokenPrices;
import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads LiteLLM's form: an object with an entry for each model, in dollars per token.
///
/// A model that has no price of its tokens, or whose prices are all zero because nobody filled them
/// in, is skipped: it must stay unpriced rather than become free. A zero beside real prices is
/// taken as "not given" for the same reason.
final class LiteLlmPrices {
  private static final String INPUT = "input_cost_per_token";
  private static final String PROVIDER = "litellm_provider";
  private static final String SAMPLE = "sample_spec";
  private static final int LONGEST_NAME = 200;

  /// Kinds of model that generate no tokens.
  private static final Set<String> WITHOUT_OUTPUT = Set.of("embedding", "rerank", "moderation");

  private final Providers providers;

  LiteLlmPrices(Providers providers) {
    this.providers = providers;
  }

  static boolean isForm(Map<?, ?> json) {
    return json.values().stream()
        .anyMatch(
            entry ->
                entry instanceof Map<?, ?> model
                    && (model.containsKey(PROVIDER) || model.containsKey(INPUT)));
  }

  ParsedPriceFile read(Map<?, ?> json) {
    List<NewPrice> prices = new ArrayList<>();
    List<ParsedPriceFile.Remark> skipped = new ArrayList<>();
    List<ParsedPriceFile.Remark> notes = new ArrayList<>();
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (!key.equals(SAMPLE) && entry.getValue() instanceof Map<?, ?> model) {
        String shown = PrintableText.of(key, LONGEST_NAME);
        try {
          ModelName name = name(key, model);
          LiteLlmTariff tariff = LiteLlmTariff.read(model, name.provider());
          prices.add(price(name, tariff, model));
          tariff.notes().forEach(note -> notes.add(new ParsedPriceFile.Remark(shown, note)));
        } catch (IllegalArgumentException wrong) {
          skipped.add(new ParsedPriceFile.Remark(shown, String.valueOf(wrong.getMessage())));
        }
      }
    }
    return new ParsedPriceFile(PriceFile.DOLLARS, prices, skipped, notes);
  }

  private NewPrice price(ModelName name, LiteLlmTariff tariff, Map<?, ?> model) {
    Map<TokenKind, BigDecimal> perMillion = tariff.ordinary();
    if (perMillion.values().stream().allMatch(price -> price.signum() == 0)) {
      throw new IllegalArgumentException("has no price of its tokens");
    }
    perMillion.entrySet().removeIf(e -> !e.getKey().isRequired() && e.getValue().signum() == 0);
    if (WITHOUT_OUTPUT.contains(String.valueOf(model.get("mode")))) {
      perMillion.putIfAbsent(TokenKind.OUTPUT, BigDecimal.ZERO);
    }
    BigDecimal images = perMillion.get(TokenKind.IMAGE_OUTPUT);
    if (images != null) {
      // A model that generates images only.
      perMillion.putIfAbsent(TokenKind.OUTPUT, images);
    }
    return new NewPrice(
        name,
        List.of(),
        Optional.empty(),
        new TokenPrices(TokenPrices.roundedUp(perMillion), tariff.conditional()),
        source(model),
        Optional.empty());
  }

  /// A key may begin with the provider's name, which the price book keeps apart.
  private ModelName name(String key, Map<?, ?> model) {
    if (key.isBlank()
        || key.length() > LONGEST_NAME
        || key.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("has no name of 1 to 200 printable characters");
    }
    if (!(model.get(PROVIDER) instanceof String given) || given.isBlank()) {
      throw new IllegalArgumentException("has no " + PROVIDER);
    }
    String provider = providers.canonical(given.strip());
    String lower = key.strip().toLowerCase(Locale.ROOT);
    int slash = lower.indexOf('/');
    boolean prefixed =
        slash > 0
            && slash < lower.length() - 1
            && providers.canonical(lower.substring(0, slash)).equals(provider);
    return new ModelName(provider, prefixed ? lower.substring(slash + 1) : lower);
  }

  private static Optional<String> source(Map<?, ?> model) {
    return model.get("source") instanceof String text && !text.isBlank()
        ? Optional.of(PrintableText.of(text, LONGEST_NAME))
        : Optional.of("LiteLLM model_prices_and_context_window.json");
  }
}
