package dev.stipend.ingest.price;

import java.util.Locale;
import java.util.Map;

/// How a provider served a request, where that decides its price: `batch`, `flex`, `priority`, or
/// any other name that a price has rates for. The ordinary way has the empty name.
public final class ServiceTier {
  /// The ordinary way.
  public static final String STANDARD = "";

  /// What was asked for lets the provider choose, and nobody told what it chose.
  public static final String AUTO = "auto";

  /// The one that providers may choose by themselves and that costs more.
  static final String PRIORITY = "priority";

  /// Names that providers and gateways have for the same.
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("default", STANDARD),
          Map.entry("standard", STANDARD),
          Map.entry("standard_only", STANDARD),
          Map.entry("on_demand", STANDARD),
          Map.entry("none", STANDARD),
          // Prepaid at OpenAI: the list's ordinary price is the nearest that is known.
          Map.entry("scale", STANDARD),
          Map.entry("batches", "batch"),
          Map.entry("on_demand_priority", PRIORITY),
          Map.entry("on_demand_flex", "flex"));

  private ServiceTier() {}

  /// The one name of a tier, however its sender writes it.
  public static String of(String told) {
    String lower = told.strip().toLowerCase(Locale.ROOT);
    return NAMES.getOrDefault(lower, lower);
  }
}
