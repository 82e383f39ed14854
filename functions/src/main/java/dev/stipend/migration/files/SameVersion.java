package dev.stipend.migration.files;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationVersion;

/// Two developers may have taken the same version.
public final class SameVersion {
  private SameVersion() {}

  /// Names both files, and what to do.
  ///
  /// @throws StoppedException if two files have the same version
  public static void refuse(MigrationFiles files) {
    Map<MigrationVersion, String> names = new TreeMap<>();
    for (String name : versioned(files)) {
      Optional<MigrationVersion> version = Script.version(name).map(MigrationVersion::fromVersion);
      if (version.isPresent() && names.containsKey(version.get())) {
        throw new StoppedException(
            RunOutcome.LINT,
            "%s and %s have the same version. Rename the one that has run nowhere yet, and its U file: give it a newer version, as create does."
                .formatted(names.get(version.get()), name));
      }
      version.ifPresent(each -> names.put(each, name));
    }
  }

  /// The newest version that there is; 0 if there is none.
  static String newest(MigrationFiles files) {
    return versioned(files).stream()
        .flatMap(name -> Script.version(name).stream())
        .map(MigrationVersion::fromVersion)
        .max(java.util.Comparator.naturalOrder())
        .map(MigrationVersion::getVersion)
        .orElse("0");
  }

  private static java.util.List<String> versioned(MigrationFiles files) {
    return files.getResources("V", new String[] {".sql"}).stream()
        .map(file -> file.getFilename())
        .sorted()
        .toList();
  }
}
