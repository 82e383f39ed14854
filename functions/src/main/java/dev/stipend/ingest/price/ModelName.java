package dev.stipend.ingest.price;

/// A model as somebody calls it.
///
/// @param provider who sells it; empty where nobody said
/// @param model its name at that provider
public record ModelName(String provider, String model) {
  /// The name under which a workspace's ceiling price stands.
  public static final ModelName CEILING = new ModelName("*", "*");
}
