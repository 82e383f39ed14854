package dev.stipend.platform.sql;

/// Names of relations and columns in SQL.
public final class Identifiers {
  private Identifiers() {}

  /// A name as SQL has it, whatever is in it.
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
