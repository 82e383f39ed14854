package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.Providers;
import dev.stipend.ingest.price.TokenKind;
import dev.stipend.ingest.price.TokenPrices;
import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
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
  private static final String ABOVE = "_above_";
  private static final int MILLION_DIGITS = 6;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_DIGITS = 64;

  /// Kinds of model that generate no tokens.
  private static final Set<String> WITHOUT_OUTPUT = Set.of("embedding", "rerank", "moderation");

  private static final Map<TokenKind, String> FIELDS =
      Map.of(
          TokenKind.INPUT, INPUT,
          TokenKind.CACHED_INPUT, "cache_read_input_token_cost",
          TokenKind.CACHE_WRITE, "cache_creation_input_token_cost",
          TokenKind.AUDIO_INPUT, "input_cost_per_audio_token",
          TokenKind.OUTPUT, "output_cost_per_token",
          TokenKind.REASONING, "output_cost_per_reasoning_token",
          TokenKind.AUDIO_OUTPUT, "output_cost_per_audio_token");

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
          prices.add(price(key, model));
          notes(model).forEach(note -> notes.add(new ParsedPriceFile.Remark(shown, note)));
        } catch (IllegalArgumentException wrong) {
          skipped.add(new ParsedPriceFile.Remark(shown, String.valueOf(wrong.getMessage())));
        }
      }
    }
    return new ParsedPriceFile(PriceFile.DOLLARS, prices, skipped, notes);
  }

  private NewPrice price(String key, Map<?, ?> model) {
    Map<TokenKind, BigDecimal> perMillion = perMillion(model);
    if (perMillion.values().stream().allMatch(price -> price.signum() == 0)) {
      throw new IllegalArgumentException("has no price of its tokens");
    }
    perMillion.entrySet().removeIf(e -> !e.getKey().isRequired() && e.getValue().signum() == 0);
    if (WITHOUT_OUTPUT.contains(String.valueOf(model.get("mode")))) {
      perMillion.putIfAbsent(TokenKind.OUTPUT, BigDecimal.ZERO);
    }
    return new NewPrice(
        name(key, model),
        List.of(),
        Optional.empty(),
        TokenPrices.roundedUp(perMillion),
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

  private static Map<TokenKind, BigDecimal> perMillion(Map<?, ?> model) {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      Object given = model.get(FIELDS.get(kind));
      if (given instanceof BigDecimal perToken) {
        if (Math.abs((long) perToken.scale()) > MOST_DIGITS) {
          throw new IllegalArgumentException(FIELDS.get(kind) + " has too many digits");
        }
        prices.put(kind, perToken.movePointRight(MILLION_DIGITS));
      } else if (given != null) {
        throw new IllegalArgumentException(FIELDS.get(kind) + " must be a number");
      }
    }
    return prices;
  }

  private static Optional<String> source(Map<?, ?> model) {
    return model.get("source") instanceof String text && !text.isBlank()
        ? Optional.of(PrintableText.of(text, LONGEST_NAME))
        : Optional.of("LiteLLM model_prices_and_context_window.json");
  }

  private static List<String> notes(Map<?, ?> model) {
    List<String> notes = new ArrayList<>();
    perMillion(model)
        .forEach(
            (kind, price) -> {
              if (TokenPrices.isFine(price)) {
                notes.add(kind.label() + " has more than six decimals and is rounded up");
              }
            });
    if (model.keySet().stream().anyMatch(field -> field.toString().startsWith(INPUT + ABOVE))) {
      notes.add(
          "costs more for long requests; that price is not imported, so they count at the base"
              + " price");
    }
    return notes;
  }
}
