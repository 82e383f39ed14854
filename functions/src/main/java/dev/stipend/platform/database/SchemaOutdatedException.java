package dev.stipend.platform.database;

import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The database's schema is missing or older than this build; its message says what to do.
public final class SchemaOutdatedException extends SQLNonTransientConnectionException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String found;

  SchemaOutdatedException(Optional<String> found) {
    super(
        "The database %s; this build needs version %s: migrations are missing. Invoke MigrateDatabaseFunction with {\"verb\":\"deploy\"}, or run migrate deploy."
            .formatted(
                found
                    .map("has Stipend's schema at version %s"::formatted)
                    .orElse("has no Stipend schema"),
                SchemaVersion.REQUIRED));
    this.found = found.orElse(null);
  }

  /// The version that the database has; empty if it has none.
  public Optional<String> found() {
    return Optional.ofNullable(found);
  }
}
