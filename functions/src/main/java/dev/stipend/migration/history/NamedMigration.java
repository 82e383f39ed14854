package dev.stipend.migration.history;

import org.flywaydb.core.api.MigrationInfo;

/// A migration that people know by a name, which has its version in it.
public interface NamedMigration extends MigrationInfo {
  String name();
}
