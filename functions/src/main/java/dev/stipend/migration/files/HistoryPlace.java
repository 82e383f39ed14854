package dev.stipend.migration.files;

import dev.stipend.platform.secrets.Sha256;
import dev.stipend.platform.sql.Identifiers;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Where it is kept what has run.
///
/// @param schema of the first two tables
/// @param table of the migrations that have run
/// @param seeds of the sample data that has been inserted
/// @param fingerprints the schema of the third table
/// @param fingerprint of what the last run left
public record HistoryPlace(
    String schema, String table, String seeds, String fingerprints, String fingerprint) {
  /// The schema of what would be a stranger among the tables of a host.
  public static final String ASIDE = "stipend_migrations";

  private static final String SEEDS = "flyway_seed_history";

  private static final Pattern PLAIN = Pattern.compile("[a-z0-9_]{1,28}");
  private static final int HEX = 24;

  /// Beside the tables that are migrated, as Flyway has it.
  public static HistoryPlace in(String schema) {
    return new HistoryPlace(
        schema, "flyway_schema_history", SEEDS, schema, "migration_fingerprint");
  }

  /// Where Prisma's own engine keeps it. Another table beside that would be drift to Prisma.
  static HistoryPlace ofPrisma(String schema) {
    return new HistoryPlace(
        schema, "_prisma_migrations", SEEDS, ASIDE, "fingerprint__" + name("prisma", schema));
  }

  /// For a pack in a schema.
  public static HistoryPlace of(String pack, String schema) {
    String name = name(pack, schema);
    return new HistoryPlace(
        ASIDE, "history__" + name, "seeds__" + name, ASIDE, "fingerprint__" + name);
  }

  /// No two schemas have the same. It must fit into PostgreSQL's 63 bytes, with what is put around
  /// it; a dollar is in no name that is taken as it is.
  private static String name(String what, String schema) {
    String which =
        PLAIN.matcher(schema).matches()
            ? schema
            : "$" + HexFormat.of().formatHex(Sha256.of(schema)).substring(0, HEX);
    return what.replace('-', '_') + "__" + which;
  }

  /// The same with another table of what has run.
  public HistoryPlace withTable(String other) {
    return new HistoryPlace(schema, other, seeds, fingerprints, fingerprint);
  }

  /// The table of migrations, quoted.
  public String history() {
    return quoted(schema, table);
  }

  public String quotedFingerprint() {
    return quoted(fingerprints, fingerprint);
  }

  private static String quoted(String schema, String name) {
    return Identifiers.quoted(schema) + "." + Identifiers.quoted(name);
  }
}
