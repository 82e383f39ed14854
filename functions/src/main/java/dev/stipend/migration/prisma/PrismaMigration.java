package dev.stipend.migration.prisma;

import dev.stipend.migration.history.NamedMigration;
import java.util.Optional;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.extensibility.MigrationType;
import org.jspecify.annotations.Nullable;

/// A migration and how it stands.
///
/// @param version its place in the order
/// @param file empty if it has run here and its folder is gone
/// @param row the one that counts; empty if it is pending
record PrismaMigration(
    String name,
    MigrationVersion version,
    MigrationState state,
    Optional<PrismaFile> file,
    Optional<PrismaRow> row)
    implements NamedMigration {
  private static final String FILE = "/migration.sql";

  @Override
  public MigrationType getType() {
    return CoreMigrationType.SQL;
  }

  /// Flyway's checksums are numbers.
  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public MigrationVersion getVersion() {
    return version;
  }

  @Override
  public String getDescription() {
    return name;
  }

  @Override
  public String getScript() {
    return name + FILE;
  }

  @Override
  public MigrationState getState() {
    return state;
  }

  @Override
  public java.util.@Nullable Date getInstalledOn() {
    return null;
  }

  @Override
  public @Nullable String getInstalledBy() {
    return null;
  }

  @Override
  public @Nullable Integer getInstalledRank() {
    return null;
  }

  @Override
  public @Nullable Integer getExecutionTime() {
    return null;
  }

  @Override
  public String getPhysicalLocation() {
    return getScript();
  }

  @Override
  public int compareVersion(MigrationInfo other) {
    return version.compareTo(other.getVersion());
  }

  @Override
  public int compareTo(MigrationInfo other) {
    return compareVersion(other);
  }

  /// Whether the file is another than the one that has run.
  boolean isEdited() {
    return file.isPresent()
        && row.filter(PrismaRow::isApplied)
            .map(applied -> !file.get().is(applied.checksum()))
            .orElse(false);
  }
}
