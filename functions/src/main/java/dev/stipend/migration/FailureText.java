package dev.stipend.migration;

import dev.stipend.migration.prisma.PrismaFailure;
import dev.stipend.platform.sql.FailureCause;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Says what went wrong with a migration, in one line.
public final class FailureText {
  private static final String CANCELLED = "57014";
  private static final String DUPLICATE = "23505";
  private static final Pattern KEY = Pattern.compile("Key \\((.+?)\\)=");

  private FailureText() {}

  static String sentence(Exception failure) {
    if (failure instanceof FlywayMigrateException migration) {
      return of(
          migration.getMigration().getScript(),
          migration.getLineNumber(),
          migration.isExecutableInTransaction(),
          failure);
    }
    if (failure instanceof PrismaFailure prisma) {
      return of(prisma.script(), prisma.line(), prisma.isTransactional(), failure)
          + prisma.advice();
    }
    String told = firstLine(database(failure));
    return FailureCause.hasState(failure, CANCELLED)
        ? "A statement ran out of time (%s).".formatted(told)
        : cause(failure) + ".";
  }

  static String of(String script, int line, boolean transactional, Throwable failure) {
    String where = line > 0 ? script + " line " + line : script;
    String after =
        transactional
            ? "It was rolled back; what ran before it stays."
            : "It ran outside of a transaction; what it did before stays.";
    if (FailureCause.hasState(failure, CANCELLED)) {
      return "%s ran out of time (%s). %s".formatted(where, firstLine(database(failure)), after);
    }
    String state = FailureCause.state(failure).map(" (%s)"::formatted).orElse("");
    String told = firstLine(database(failure)) + state + more(failure);
    return "%s failed: %s. %s".formatted(where, told, after);
  }

  /// What the database says, in full, without the last full stop.
  public static String cause(Throwable failure) {
    return firstLine(database(failure)) + more(failure);
  }

  /// The server's detail and hint, and how to find all rows that are in the way of a unique index.
  private static String more(Throwable failure) {
    ServerErrorMessage server =
        database(failure) instanceof PSQLException said ? said.getServerErrorMessage() : null;
    if (server == null) {
      return "";
    }
    String detail = Objects.requireNonNullElse(server.getDetail(), "");
    Matcher key = KEY.matcher(detail);
    String all =
        FailureCause.hasState(failure, DUPLICATE) && server.getTable() != null && key.lookingAt()
            ? "SELECT %1$s, count(*) FROM %2$s.%3$s GROUP BY %1$s HAVING count(*) > 1 finds all"
                .formatted(key.group(1), server.getSchema(), server.getTable())
            : "";
    return Stream.of(detail, Objects.requireNonNullElse(server.getHint(), ""), all)
        .filter(text -> !text.isBlank())
        .map(text -> ". " + firstLine(text))
        .collect(Collectors.joining());
  }

  private static Throwable database(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException) {
        return each;
      }
    }
    return failure;
  }

  private static String firstLine(Throwable failure) {
    return firstLine(String.valueOf(failure.getMessage()));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }
}
