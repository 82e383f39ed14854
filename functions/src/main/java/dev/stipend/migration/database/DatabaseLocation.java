package dev.stipend.migration.database;

import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.platform.sql.DatabaseUrl;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a URL leads to: what may be said of it.
///
/// @param host with its port if one is given
public record DatabaseLocation(String host, String database) {
  private static final Pattern JDBC =
      Pattern.compile("jdbc:postgresql://(?<host>[^/?]*)/?(?<database>[^?]*).*");
  private static final Pattern NEON_POOLER = Pattern.compile("^([^.]+)-pooler\\.");

  public static DatabaseLocation of(DatabaseUrl url) {
    Matcher jdbc = JDBC.matcher(url.jdbcUrl());
    return jdbc.matches()
        ? new DatabaseLocation(jdbc.group("host"), jdbc.group("database"))
        : new DatabaseLocation("localhost", url.jdbcUrl().replaceFirst("^jdbc:postgresql:", ""));
  }

  /// What is wrong with the host, judged by its name.
  public Optional<MigrationProblem> problem() {
    if (NEON_POOLER.matcher(host).find()) {
      return Optional.of(
          pooled(
              "is Neon's pooler",
              "Use the direct host " + NEON_POOLER.matcher(host).replaceFirst("$1.")));
    }
    if (host.contains(".proxy-")) {
      return Optional.of(
          pooled("is an RDS Proxy", "Use the endpoint of the instance or cluster behind it"));
    }
    if (host.contains(".cluster-ro-")) {
      return Optional.of(
          new MigrationProblem(
              MigrationProblem.Kind.READ_ONLY,
              host + " is the cluster's reader endpoint.",
              "Use the writer endpoint %s in DATABASE_URL."
                  .formatted(host.replace(".cluster-ro-", ".cluster-"))));
    }
    return Optional.empty();
  }

  private MigrationProblem pooled(String what, String fix) {
    return new MigrationProblem(
        MigrationProblem.Kind.POOLED,
        "%s %s, and migrations need a session of their own.".formatted(host, what),
        fix + " in DATABASE_URL; the functions may keep the pooled one in DATABASE_URL_POOLED.");
  }
}
