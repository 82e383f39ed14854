package dev.stipend.maintenance.pack;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be done for a watched system. Its document may call it otherwise.
public enum PackVerb {
  MAINTAIN("maintain"),
  MIGRATE_LEGACY_DATA("migrate-legacy-data"),
  IMPORT_USER_DATA("import-user-data"),
  CLEANUP_OLD_DATA("cleanup-old-data");

  private final String label;

  PackVerb(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /// Finds a verb by its label, or by the name of the document's script.
  static Optional<PackVerb> find(String text) {
    String wanted = text.replace('_', '-');
    return Stream.of(values()).filter(verb -> verb.label.equals(wanted)).findFirst();
  }

  static List<String> labels() {
    return Stream.of(values()).map(PackVerb::label).toList();
  }
}
