package dev.stipend.migration.history;

import dev.stipend.migration.files.MigrationSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/// What people call a version: its number, the phase of a pack that ends with it, or what its
/// migration is called.
public final class VersionWords {
  private VersionWords() {}

  /// The version that is meant; empty if there is none, or more than one.
  public static Optional<String> version(MigrationSet set, HistoryState standing, String word) {
    Optional<String> ofPhase =
        set.pack().map(pack -> pack.phases().get(word)).filter(version -> version != null);
    if (ofPhase.isPresent()) {
      return ofPhase;
    }
    if (word.matches("[0-9][0-9._]*") && standing.find(word).isPresent()) {
      return Optional.of(word);
    }
    List<MigrationInfo> called =
        standing.all().stream()
            .filter(migration -> migration.getVersion() != null)
            .filter(
                migration ->
                    plain(migration.getDescription()).equals(plain(word))
                        || plain(HistoryState.name(migration)).equals(plain(word)))
            .toList();
    return called.size() == 1
        ? Optional.of(called.getFirst().getVersion().getVersion())
        : Optional.empty();
  }

  /// What to say that may be given.
  public static String known(MigrationSet set) {
    return set.pack()
        .filter(pack -> !pack.phases().isEmpty())
        .map(pack -> "; its phases are " + String.join(", ", pack.phases().keySet()))
        .orElse("");
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
