package dev.stipend.platform.database;

/// The schema that this build needs.
public final class SchemaVersion {
  /// The version of the newest migration; a test holds it against the files.
  public static final String REQUIRED = "202612010100";

  private SchemaVersion() {}
}
