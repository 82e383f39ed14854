package dev.stipend.migration.files;

/// How the files of a set are laid out. It is told by what is found, and decides who keeps the
/// history.
public enum Layout {
  /// `V1__name.sql`, `U1__name.sql`, `R__name.sql`.
  FLYWAY,
  /// A folder for each migration, with `migration.sql` in it.
  PRISMA,
  /// Numbered files: `001_name.sql`, `001_name.up.sql` with `001_name.down.sql`, or with dbmate's
  /// sections.
  PLAIN;

  /// What is understood, for people.
  public static final String UNDERSTOOD =
      "V1__name.sql with U1__name.sql (Flyway); 20250220101500_name/migration.sql (Prisma);"
          + " 001_name.sql, or 001_name.up.sql with 001_name.down.sql, or 001_name.sql with the"
          + " lines -- migrate:up and -- migrate:down (numbered files)";
}
