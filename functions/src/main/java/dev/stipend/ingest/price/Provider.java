package dev.stipend.ingest.price;

import java.util.List;
import java.util.Set;

/// A seller of models, and how it names what it sells.
///
/// @param name its name in the price book
/// @param names what else it is called by gateways and by telemetry
/// @param trims the parts that its models' names may have
/// @param resells whose models it sells under their own names at their list prices
/// @param routes whose models it passes on, as `provider/model`, at the prices of those
record Provider(
    String name,
    List<String> names,
    Set<NameTrim> trims,
    List<String> resells,
    Set<String> routes) {
  /// A provider of whom nothing is known but its name.
  static Provider unknown(String name) {
    return new Provider(name, List.of(), Set.of(), List.of(), Set.of());
  }
}
