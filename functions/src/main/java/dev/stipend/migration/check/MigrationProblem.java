package dev.stipend.migration.check;

import java.util.LinkedHashMap;
import java.util.Map;

/// What keeps migrations from running, and what to do about it. Holds no secret.
public record MigrationProblem(Kind kind, String cause, String fix) {
  /// The kinds, each with its exit code.
  public enum Kind {
    URL(20),
    DNS(21),
    CONNECTION(22),
    TLS(23),
    AUTHENTICATION(24),
    DATABASE_MISSING(25),
    TOO_MANY_CONNECTIONS(26),
    STARTING_UP(27),
    SERVER_VERSION(28),
    READ_ONLY(29),
    POOLED(30),
    PRIVILEGES(31),
    SEARCH_PATH(32),
    HISTORY_TABLES(33),
    EXTENSION(34),
    NO_MIGRATIONS(35),
    LOCKED(36),
    LONG_TRANSACTION(37),
    REQUIREMENT(38),
    /// A guard says no.
    BOUNDARY(3);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// Cause and fix in one go.
  public String sentence() {
    return cause + " " + fix;
  }

  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", kind.word());
    map.put("cause", cause);
    map.put("fix", fix);
    return map;
  }
}
