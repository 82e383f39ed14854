package dev.stipend.migrate;

import dev.stipend.sql.FailureCause;
import java.sql.SQLException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;

/// Says what went wrong with a migration, in one line.
final class Failures {
  private static final String CANCELLED = "57014";

  private Failures() {}

  static String sentence(Exception failure) {
    if (failure instanceof FlywayMigrateException migration) {
      return of(
          migration.getMigration().getScript(),
          migration.getLineNumber(),
          migration.isExecutableInTransaction(),
          failure);
    }
    String told = firstLine(cause(failure));
    return FailureCause.hasState(failure, CANCELLED)
        ? "A statement needed more time than there was (%s).".formatted(told)
        : told + ".";
  }

  static String of(String script, int line, boolean transactional, Throwable failure) {
    Throwable cause = cause(failure);
    String where = line > 0 ? script + " line " + line : script;
    String after =
        transactional
            ? "It was rolled back; what ran before it stays."
            : "It ran outside of a transaction; what it had done stays.";
    if (FailureCause.hasState(failure, CANCELLED)) {
      return "%s needed more time than there was (%s). %s"
          .formatted(where, firstLine(cause), after);
    }
    String state = FailureCause.state(failure).map(" (%s)"::formatted).orElse("");
    return "%s failed: %s%s. %s".formatted(where, firstLine(cause), state, after);
  }

  private static Throwable cause(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException) {
        return each;
      }
    }
    return failure;
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("\\.$", "");
  }
}
