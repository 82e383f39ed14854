package dev.stipend.ingest.price.list;

import dev.stipend.ingest.price.ConditionalRates;
import dev.stipend.ingest.price.ServiceTier;
import dev.stipend.ingest.price.TokenKind;
import dev.stipend.ingest.price.TokenPrices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tariff of one model in LiteLLM's list. A field is called by its kind of token, then by its
/// conditions: `_above_1hr` for what the cache keeps for an hour, `_above_200k_tokens` for long
/// requests, and a service tier such as `_priority`. What cannot be said in a tariff is noted.
final class LiteLlmTariff {
  private static final int MILLION_DIGITS = 6;
  private static final int MOST_DIGITS = 64;
  private static final int THOUSAND = 1000;

  /// At this provider a request of exactly the threshold is a long one.
  private static final String INCLUSIVE = "xai";

  private static final Map<String, TokenKind> KINDS =
      Map.ofEntries(
          Map.entry("input_cost_per_token", TokenKind.INPUT),
          Map.entry("cache_read_input_token_cost", TokenKind.CACHED_INPUT),
          Map.entry("cache_creation_input_token_cost", TokenKind.CACHE_WRITE),
          Map.entry("cache_creation_input_token_cost_above_1hr", TokenKind.CACHE_WRITE_1H),
          Map.entry("input_cost_per_audio_token", TokenKind.AUDIO_INPUT),
          Map.entry("cache_read_input_audio_token_cost", TokenKind.CACHED_AUDIO_INPUT),
          Map.entry("input_cost_per_image_token", TokenKind.IMAGE_INPUT),
          Map.entry("cache_read_input_image_token_cost", TokenKind.CACHED_IMAGE_INPUT),
          Map.entry("output_cost_per_token", TokenKind.OUTPUT),
          Map.entry("output_cost_per_reasoning_token", TokenKind.REASONING),
          Map.entry("output_cost_per_audio_token", TokenKind.AUDIO_OUTPUT),
          Map.entry("output_cost_per_image_token", TokenKind.IMAGE_OUTPUT));

  private static final List<String> LONGEST_FIRST =
      KINDS.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).toList();

  private static final Pattern CONDITIONS =
      Pattern.compile("(?:_above_(?<above>\\d{1,9})(?<thousand>k?)_tokens)?(?:_(?<tier>[a-z]+))?");

  /// What a request has to be for a rate to hold.
  private record Condition(String tier, long above) {
    static final Condition NONE = new Condition(ServiceTier.STANDARD, 0);
  }

  private final boolean inclusive;
  private final Map<Condition, Map<TokenKind, BigDecimal>> rates = new LinkedHashMap<>();
  private final List<String> fine = new ArrayList<>();
  private final TreeSet<String> untaken = new TreeSet<>();

  private LiteLlmTariff(String provider) {
    this.inclusive = provider.equals(INCLUSIVE);
  }

  /// Reads the fields of a model.
  ///
  /// @throws IllegalArgumentException if one is no price
  static LiteLlmTariff read(Map<?, ?> model, String provider) {
    LiteLlmTariff tariff = new LiteLlmTariff(provider);
    model.forEach((field, value) -> tariff.field(field.toString(), value));
    tariff.reasoningLikeOutput();
    return tariff;
  }

  private void field(String name, @Nullable Object value) {
    if (name.equals("tiered_pricing")) {
      tiers(value);
      return;
    }
    String begins = LONGEST_FIRST.stream().filter(name::startsWith).findFirst().orElse("");
    TokenKind kind = KINDS.get(begins);
    Matcher parts = CONDITIONS.matcher(name.substring(begins.length()));
    if (kind == null || !parts.matches()) {
      if (charges(name, value)) {
        untaken.add(name);
      }
      return;
    }
    if (value == null) {
      return;
    }
    long above = 0;
    if (parts.group("above") != null) {
      above = Long.parseLong(parts.group("above"));
      above = parts.group("thousand").isEmpty() ? above : above * THOUSAND;
      above = inclusive ? above - 1 : above;
    }
    String tier = parts.group("tier");
    put(new Condition(tier == null ? "" : ServiceTier.of(tier), above), kind, name, value);
  }

  /// Each tier holds for requests of more than the beginning of its range. What it does not name
  /// costs what its input or output does.
  private void tiers(@Nullable Object value) {
    if (!(value instanceof List<?> tiers)) {
      return;
    }
    for (Object each : tiers) {
      if (each instanceof Map<?, ?> tier
          && tier.get("range") instanceof List<?> range
          && !range.isEmpty()
          && range.getFirst() instanceof BigDecimal from
          && tier.get("input_cost_per_token") != null) {
        Condition condition = new Condition("", from.longValue());
        tier.forEach(
            (field, price) -> {
              TokenKind kind = KINDS.get(field.toString());
              if (kind != null && price != null) {
                put(condition, kind, "tiered_pricing." + field, price);
              }
            });
        Map<TokenKind, BigDecimal> prices = rates.getOrDefault(condition, Map.of());
        BigDecimal input = prices.get(TokenKind.INPUT);
        if (input != null) {
          prices.putIfAbsent(TokenKind.CACHED_INPUT, input);
          prices.putIfAbsent(TokenKind.CACHE_WRITE, input);
        }
        BigDecimal output = prices.get(TokenKind.OUTPUT);
        if (output != null) {
          prices.putIfAbsent(TokenKind.REASONING, output);
        }
      } else {
        untaken.add("tiered_pricing");
      }
    }
  }

  private void put(Condition condition, TokenKind kind, String name, Object value) {
    if (!(value instanceof BigDecimal perToken)) {
      throw new IllegalArgumentException(name + " must be a number");
    }
    if (Math.abs((long) perToken.scale()) > MOST_DIGITS) {
      throw new IllegalArgumentException(name + " has too many digits");
    }
    BigDecimal perMillion = perToken.movePointRight(MILLION_DIGITS);
    if (TokenPrices.isFine(perMillion)) {
      fine.add(name);
    }
    rates.computeIfAbsent(condition, key -> new EnumMap<>(TokenKind.class)).put(kind, perMillion);
  }

  /// A service tier's output has no other price for reasoning, unless it says so.
  private void reasoningLikeOutput() {
    rates.forEach(
        (condition, prices) -> {
          BigDecimal output = prices.get(TokenKind.OUTPUT);
          if (!condition.tier().isEmpty() && output != null) {
            prices.putIfAbsent(TokenKind.REASONING, output);
          }
        });
  }

  private static boolean charges(String name, @Nullable Object value) {
    boolean isCharge =
        name.contains("cost") || name.contains("pricing") || name.contains("uplift_multiplier");
    return isCharge && value != null && !(value instanceof BigDecimal price && price.signum() == 0);
  }

  /// The prices of ordinary requests; of the first tier, where there are tiers only.
  Map<TokenKind, BigDecimal> ordinary() {
    return new EnumMap<>(rates.getOrDefault(Condition.NONE, new EnumMap<>(TokenKind.class)));
  }

  /// The prices of other requests, without zeros, which nobody may have filled in.
  List<ConditionalRates> conditional() {
    List<ConditionalRates> conditional = new ArrayList<>();
    rates.forEach(
        (condition, prices) -> {
          Map<TokenKind, BigDecimal> told = new EnumMap<>(prices);
          told.values().removeIf(price -> price.signum() == 0);
          if (!condition.equals(Condition.NONE) && !told.isEmpty()) {
            conditional.add(
                new ConditionalRates(
                    condition.tier(), condition.above(), TokenPrices.roundedUp(told)));
          }
        });
    return conditional;
  }

  /// What was taken otherwise than it stands there, and what was not taken.
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    fine.forEach(name -> notes.add(name + " has more than six decimals and is rounded up"));
    if (!untaken.isEmpty()) {
      notes.add("also charges what is not counted: " + String.join(", ", untaken));
    }
    return notes;
  }
}
