package dev.stipend.migrate;

import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;

/// The database's schema is missing or older than this build; its message says what to do.
public final class SchemaOutdatedException extends SQLNonTransientConnectionException {
  private static final long serialVersionUID = 1L;

  SchemaOutdatedException(Optional<String> found) {
    super(
        "The database %s; this build needs version %s. Invoke MigrateDatabaseFunction with {\"verb\":\"deploy\"}."
            .formatted(
                found
                    .map("has Stipend's schema at version %s"::formatted)
                    .orElse("has no Stipend schema"),
                SchemaVersion.REQUIRED));
  }
}
