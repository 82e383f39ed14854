package dev.stipend.migration.database;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where this runs, as `STIPEND_ENVIRONMENT` says. What does not say is production.
///
/// @param name as it was given
/// @param role whom migrations work as, as `STIPEND_MIGRATION_ROLE` says
public record Environment(Optional<String> name, Optional<String> role) {
  private static final Set<String> HARMLESS = Set.of("development", "dev", "test", "local");

  public boolean isHarmless() {
    return name.map(given -> HARMLESS.contains(given.toLowerCase(Locale.ROOT))).orElse(false);
  }

  public String described() {
    return name.map(given -> "STIPEND_ENVIRONMENT is " + given)
        .orElse("STIPEND_ENVIRONMENT is not set, which counts as production");
  }
}
