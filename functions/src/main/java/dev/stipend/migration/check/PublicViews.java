package dev.stipend.migration.check;

import dev.stipend.migration.Option;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Shows two of Stipend's tables in another schema, for who looks for them there: by views that
/// only read. They are known by their comment, and never take the place of anything else.
public final class PublicViews {
  /// The comment by which they are known.
  public static final String MARK =
      "Shows Stipend's table of this name, read-only. Made by migrate views; migrate views --drop"
          + " takes it away.";

  private static final List<String> TABLES = List.of("budgets", "alert_logs");

  private final Run run;
  private final Connection connection;

  /// A view of ours.
  ///
  /// @param grants statements that give others again what they may
  private record View(String schema, String name, List<String> grants) {
    String label() {
      return schema + "." + name;
    }
  }

  /// What views would be in the way of.
  public interface Change {
    void made() throws SQLException;
  }

  public PublicViews(Run run) {
    this.run = run;
    this.connection = run.connection();
  }

  /// Makes them, or takes them away.
  public void run() throws SQLException {
    String schema = run.request().text(Option.SCHEMA).orElse("public");
    List<View> there = views().stream().filter(view -> view.schema().equals(schema)).toList();
    if (run.request().has(Option.DROP)) {
      drop(there);
      end(
          there.isEmpty()
              ? "There were no views of Stipend in schema " + schema
              : done(there, "dropped"));
      return;
    }
    for (String table : TABLES) {
      refuse(schema, table);
    }
    connection.setAutoCommit(false);
    try {
      for (String table : TABLES) {
        make(new View(schema, table, List.of()));
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    end(done(views().stream().filter(view -> view.schema().equals(schema)).toList(), "there"));
  }

  private void end(String sentence) throws SQLException {
    run.draft().version(run.history().version());
    run.draft().end(RunOutcome.DONE, sentence + ".");
  }

  private static String done(List<View> views, String what) {
    return "Views %s are %s"
        .formatted(String.join(", ", views.stream().map(View::label).toList()), what);
  }

  /// Does something to the tables that could not be done while views look at them. They are made
  /// again afterwards, with the rights that others had on them.
  public void around(Change change) throws SQLException {
    List<View> aside = run.set().isCore() ? views() : List.of();
    drop(aside);
    try {
      change.made();
    } finally {
      restore(aside);
    }
  }

  private void restore(List<View> aside) throws SQLException {
    if (aside.isEmpty()) {
      return;
    }
    if (run.session().isBroken()) {
      run.draft().warnings.add(done(aside, "gone; migrate views makes them again") + ".");
      return;
    }
    for (View view : aside) {
      if (isTable(view.name())) {
        make(view);
      } else {
        run.draft().warnings.add("View %s is gone with its table.".formatted(view.label()));
      }
    }
  }

  /// A second table in FROM keeps PostgreSQL from writing through the view, whoever asks for it.
  private void make(View view) throws SQLException {
    String name = Identifiers.quoted(view.schema()) + "." + view.name();
    Query.execute(
        connection,
        "CREATE OR REPLACE VIEW %s AS SELECT t.* FROM %s.%s t CROSS JOIN (VALUES (1)) AS only_reads"
            .formatted(name, MigrationSet.CORE_SCHEMA, view.name()));
    Query.execute(
        connection, "COMMENT ON VIEW %s IS '%s'".formatted(name, MARK.replace("'", "''")));
    for (String grant : view.grants()) {
      Query.execute(connection, grant);
    }
  }

  private void drop(List<View> views) throws SQLException {
    for (View view : views) {
      Query.execute(
          connection, "DROP VIEW %s.%s".formatted(Identifiers.quoted(view.schema()), view.name()));
    }
  }

  /// Whatever has the name in this schema stays; and so does what the view would hide, since other
  /// people's sessions look for names in one schema after the other.
  private void refuse(String schema, String table) throws SQLException {
    if (!isTable(table)) {
      throw new StoppedException(
          RunOutcome.PENDING,
          "There is no table stipend.%s yet; run deploy first.".formatted(table));
    }
    if (schema.equals(MigrationSet.CORE_SCHEMA)) {
      throw new StoppedException(
          RunOutcome.REFUSED, "The tables themselves are in schema stipend.");
    }
    List<Query.Row> others =
        Query.rows(
            connection,
            """
            SELECT nspname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relname = ?
              AND nspname NOT IN ('stipend', 'information_schema')
              AND nspname NOT LIKE 'pg\\_%'
              AND obj_description(c.oid, 'pg_class') IS DISTINCT FROM ?
            ORDER BY nspname <> ?, nspname
            """,
            table,
            MARK,
            schema);
    if (!others.isEmpty()) {
      String other = others.getFirst().text(0);
      throw new StoppedException(
          RunOutcome.REFUSED,
          "%s.%s exists and is not Stipend's: a view %s.%s would %s. Nothing was created."
              .formatted(
                  other,
                  table,
                  schema,
                  table,
                  other.equals(schema) ? "take its place" : "hide it from some sessions"));
    }
  }

  private boolean isTable(String name) throws SQLException {
    return Query.row(connection, "SELECT to_regclass(?)", MigrationSet.CORE_SCHEMA + "." + name)
        .optional(0)
        .isPresent();
  }

  private List<View> views() throws SQLException {
    List<View> views = new ArrayList<>();
    for (Query.Row row :
        Query.rows(
            connection,
            """
            SELECT c.oid, nspname, relname
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind = 'v'
              AND relname = ANY (?)
              AND obj_description(c.oid, 'pg_class') = ?
            ORDER BY nspname, relname DESC
            """,
            connection.createArrayOf("text", TABLES.toArray()),
            MARK)) {
      views.add(new View(row.text(1), row.text(2), grants(row.text(0))));
    }
    return views;
  }

  private List<String> grants(String view) throws SQLException {
    return Query.rows(
            connection,
            """
            SELECT format('GRANT %s ON %s TO %s', privilege_type, CAST(c.oid AS regclass),
              CASE grantee WHEN 0 THEN 'PUBLIC' ELSE CAST(CAST(grantee AS regrole) AS text) END)
            FROM pg_class c, aclexplode(relacl)
            WHERE c.oid = CAST(? AS oid)
              AND grantee <> relowner
            """,
            view)
        .stream()
        .map(row -> row.text(0))
        .toList();
  }
}
