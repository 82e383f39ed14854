package dev.stipend.maintenance.pack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is asked for.
///
/// @param pack the name of the pack
/// @param schema where it was deployed; empty for the pack's own
/// @param dryRun whether it is only counted what would be done
/// @param archive where files go; empty for where `USAGE_ARCHIVE` says
/// @param file what is imported
public record PackRequest(
    PackVerb verb,
    String pack,
    Optional<String> schema,
    boolean dryRun,
    Optional<String> archive,
    Optional<Path> file) {
  private static final Set<String> FIELDS = Set.of("verb", "pack", "schema", "dry-run");

  /// Reads `{"verb":"maintain","pack":"ai-agent-system","schema":"public","dry-run":true}`.
  ///
  /// @throws IllegalArgumentException naming the field that is wrong
  public static PackRequest read(Map<String, ?> fields) {
    List<String> unknown = new ArrayList<>(fields.keySet());
    unknown.removeAll(FIELDS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is not a field of the maintenance of a pack; its fields are verb, pack, schema, dry-run"
              .formatted(unknown.getFirst()));
    }
    String label = String.valueOf(fields.get("verb"));
    PackVerb verb =
        PackVerb.find(label)
            .filter(known -> known != PackVerb.IMPORT_USER_DATA)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "verb must be %s, %s or %s, not %s; import-user-data reads a file, on the command line"
                            .formatted(
                                PackVerb.MAINTAIN.label(),
                                PackVerb.MIGRATE_LEGACY_DATA.label(),
                                PackVerb.CLEANUP_OLD_DATA.label(),
                                label)));
    return new PackRequest(
        verb,
        String.valueOf(fields.get("pack")),
        Optional.ofNullable(fields.get("schema"))
            .map(String::valueOf)
            .filter(schema -> !schema.isBlank()),
        Boolean.parseBoolean(String.valueOf(fields.get("dry-run"))),
        Optional.empty(),
        Optional.empty());
  }
}
