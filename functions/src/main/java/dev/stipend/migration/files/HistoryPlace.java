package dev.stipend.migration.files;

/// Where it is kept what has run.
///
/// @param schema of the three tables
/// @param table of the migrations that have run
/// @param seeds of the sample data that has been inserted
/// @param fingerprint of what the last run left
public record HistoryPlace(String schema, String table, String seeds, String fingerprint) {
  /// The schema of the histories of packs: among the tables of a host they would be strangers.
  public static final String OF_PACKS = "stipend_migrations";

  private static final int LONGEST = 40;

  /// Beside the tables that are migrated, as Flyway has it.
  public static HistoryPlace in(String schema) {
    return new HistoryPlace(
        schema, "flyway_schema_history", "flyway_seed_history", "migration_fingerprint");
  }

  /// For a pack in a schema. The names must fit into PostgreSQL's 63 bytes, with what is put behind
  /// them.
  static HistoryPlace of(String pack, String schema) {
    String name = (pack + "__" + schema).replace('-', '_');
    boolean tooLong = name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST;
    String table = tooLong ? "%s__%08x".formatted(pack.replace('-', '_'), schema.hashCode()) : name;
    return new HistoryPlace(OF_PACKS, table, table + "_seeds", table + "_fingerprint");
  }

  HistoryPlace withTable(String other) {
    return new HistoryPlace(schema, other, seeds, fingerprint);
  }

  /// The table of migrations, quoted.
  public String history() {
    return quoted(table);
  }

  public String quotedFingerprint() {
    return quoted(fingerprint);
  }

  private String quoted(String name) {
    return MigrationSet.quoted(schema) + "." + MigrationSet.quoted(name);
  }
}
