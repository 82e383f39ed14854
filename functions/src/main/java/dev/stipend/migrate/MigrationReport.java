package dev.stipend.migrate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a verb found or did.
///
/// @param verb which one
/// @param outcome `up-to-date`, `migrated` or `pending`
/// @param version the schema's version now; empty before the first migration
/// @param applied versions and names of the migrations that ran
/// @param pending versions and names of the migrations that have not run
public record MigrationReport(
    String verb,
    String outcome,
    Optional<String> version,
    List<String> applied,
    List<String> pending) {
  /// The report as the values of a JSON object.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("verb", verb);
    map.put("outcome", outcome);
    version.ifPresent(value -> map.put("schemaVersion", value));
    map.put("requiredVersion", SchemaVersion.REQUIRED);
    map.put("applied", applied);
    map.put("pending", pending);
    return map;
  }
}
