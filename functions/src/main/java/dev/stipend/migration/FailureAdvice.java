package dev.stipend.migration;

import dev.stipend.migration.check.Maker;
import dev.stipend.migration.history.EnumLabels;
import dev.stipend.migration.lint.SqlText;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.Query;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Says more of a failed migration than the database does: its statement, what is in the way and
/// what to do. It looks that up, so the failed transaction must have been rolled back.
final class FailureAdvice {
  private static final int LONGEST_STATEMENT = 160;
  private static final Pattern EXISTS =
      Pattern.compile("(?<kind>relation|type) \"(?<name>[^\"]+)\" already exists");
  private static final Pattern MISSING = Pattern.compile("relation \"(?<name>[^\"]+)\" does not");
  private static final Pattern TYPES =
      Pattern.compile(
          "Key columns \"(?<mine>[^\"]+)\" and \"(?<theirs>[^\"]+)\" .*types: (?<type>.+) and"
              + " (?<other>.+?)\\.?");
  private static final Pattern ORPHAN =
      Pattern.compile("Key \\((?<key>.+?)\\)=.*not present in table \"(?<table>[^\"]+)\"\\.?");
  private static final Pattern EXTENSION =
      Pattern.compile("(?i)^CREATE EXTENSION (?:IF NOT EXISTS )?(?<name>\\S+)");
  private static final Pattern ADDS_KEY = Pattern.compile("(?i)^ALTER TABLE .*\\bREFERENCES\\b");
  private static final Pattern REFERENCED =
      Pattern.compile("(?i)\\bREFERENCES [^ (]+ ?\\((?<columns>[^)]+)\\)");

  private final Run run;
  private final MigrationInfo migration;
  private final String statement;
  private final ServerErrorMessage server;

  private FailureAdvice(
      Run run, MigrationInfo migration, String statement, ServerErrorMessage server) {
    this.run = run;
    this.migration = migration;
    this.statement = statement;
    this.server = server;
  }

  /// One or more sentences with a blank before them, or nothing.
  static String of(Run run, FlywayException failure) {
    Optional<String> statement = statement(failure);
    Optional<ServerErrorMessage> server = server(failure);
    if (!(failure instanceof FlywayMigrateException migration)
        || statement.isEmpty()
        || server.isEmpty()) {
      return "";
    }
    String shown = shortened(SqlText.plain(statement.get()));
    FailureAdvice advice =
        new FailureAdvice(run, migration.getMigration(), statement.get(), server.get());
    try {
      return " Statement: %s.%s"
          .formatted(shown, advice.sentence(FailureCause.state(failure).orElse("")));
    } catch (SQLException | RuntimeException nothingToAdd) {
      return " Statement: %s.".formatted(shown);
    }
  }

  private static Optional<String> statement(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof FlywaySqlScriptException script) {
        return Optional.ofNullable(script.getStatement());
      }
    }
    return Optional.empty();
  }

  private static Optional<ServerErrorMessage> server(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof PSQLException said) {
        return Optional.ofNullable(said.getServerErrorMessage());
      }
    }
    return Optional.empty();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_STATEMENT ? text.substring(0, LONGEST_STATEMENT) + "…" : text;
  }

  private String sentence(String state) throws SQLException {
    return switch (state) {
      case "42P07", "42710", "42701", "42723" -> exists();
      case "42P01" -> missing();
      case "42804" -> types();
      case "23503" -> orphans();
      case "42501" -> extension();
      default -> "";
    };
  }

  private String exists() throws SQLException {
    Matcher found = EXISTS.matcher(text(server.getMessage()));
    String there = found.find() ? there(found.group("kind"), found.group("name")) : "";
    String version = String.valueOf(migration.getVersion());
    return migration.getVersion() == null
        ? there
        : there
            + " If all that %s makes is there and right, run resolve --applied %s, or stamp VERSION if a whole schema was made by hand; else rename or drop what is in the way, and deploy again."
                .formatted(migration.getScript(), version);
  }

  private String there(String kind, String name) throws SQLException {
    return kind.equals("type") ? type(name) : relation(name);
  }

  private String relation(String name) throws SQLException {
    return Query.rows(
            run.connection(),
            """
            SELECT concat_ws('.', n.nspname, t.relname), i.indrelid,
              (SELECT string_agg(a.attname, ', ' ORDER BY attnum)
                FROM pg_attribute a WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
            FROM pg_class c
            LEFT JOIN pg_index i ON i.indexrelid = c.oid
            LEFT JOIN pg_class t ON t.oid = i.indrelid
            LEFT JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE c.relname = ?
              AND c.relnamespace = to_regnamespace(quote_ident(?))
            """,
            name,
            schema())
        .stream()
        .findFirst()
        .map(
            row ->
                row.optional(1)
                    .map(index -> " Index %s is there on table %s.".formatted(name, row.text(0)))
                    .orElseGet(
                        () ->
                            " %s.%s is there with columns %s."
                                .formatted(schema(), name, row.optional(2).orElse("none"))))
        .orElse("");
  }

  private String type(String name) throws SQLException {
    List<String> labels = EnumLabels.of(run.connection(), schema(), name);
    List<String> wanted = SqlText.texts(statement);
    if (labels.isEmpty() || !SqlText.plain(statement).matches("(?i).* AS ENUM .*")) {
      return " Type %s.%s is there.".formatted(schema(), name);
    }
    return labels.equals(wanted)
        ? " Type %s.%s is there with the same labels: %s."
            .formatted(schema(), name, String.join(", ", labels))
        : " Type %s.%s is there with labels %s; the migration makes it with %s."
            .formatted(schema(), name, String.join(", ", labels), String.join(", ", wanted));
  }

  /// Which migration has made what is gone.
  private String missing() {
    Matcher found = MISSING.matcher(text(server.getMessage()));
    if (!found.find()) {
      return "";
    }
    String name = found.group("name").replaceFirst("^.*\\.", "");
    return Maker.of(run, run.standing(), name)
        .map(
            made ->
                " %s made it, and something other than migrations has dropped it. %s"
                    .formatted(made.getScript(), Maker.advice(made)))
        .orElse("");
  }

  /// An extension that the role may not create.
  private String extension() {
    Matcher created = EXTENSION.matcher(SqlText.plain(statement));
    return created.find()
        ? " Run CREATE EXTENSION %s; as a role that may, then deploy again."
            .formatted(created.group("name"))
        : "";
  }

  private String types() {
    Matcher found = TYPES.matcher(text(server.getDetail()));
    return found.matches()
        ? " Give %s the type %s, as %s has it, in this file or in one that runs before it."
            .formatted(found.group("mine"), found.group("other"), found.group("theirs"))
        : "";
  }

  private String orphans() throws SQLException {
    Matcher found = ORPHAN.matcher(text(server.getDetail()));
    String plain = SqlText.plain(statement);
    if (!found.matches() || !ADDS_KEY.matcher(plain).find()) {
      return "";
    }
    Matcher named = REFERENCED.matcher(plain);
    String referenced = schema() + "." + found.group("table");
    String theirs = named.find() ? named.group("columns") : primaryKey(referenced);
    return " SELECT %1$s FROM %2$s.%3$s WHERE (%1$s) IS NOT NULL EXCEPT SELECT %4$s FROM %5$s finds all. Correct these rows first; or add the key NOT VALID, correct them, and VALIDATE CONSTRAINT %6$s in the next file."
        .formatted(
            found.group("key"),
            text(server.getSchema()),
            text(server.getTable()),
            theirs,
            referenced,
            text(server.getConstraint()));
  }

  private String primaryKey(String table) throws SQLException {
    return Query.rows(
            run.connection(),
            """
            SELECT quote_ident(attname)
            FROM pg_index
            JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indrelid = to_regclass(?)
              AND indisprimary
            """,
            table)
        .stream()
        .map(row -> row.text(0))
        .collect(Collectors.joining(", "));
  }

  private String schema() {
    return run.set().schema();
  }

  private static String text(@Nullable String said) {
    return said == null ? "" : said;
  }
}
