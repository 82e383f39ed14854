package dev.stipend.migration.files;

import java.io.Reader;
import java.io.StringReader;
import org.flywaydb.core.api.resource.LoadableResource;

/// A file in memory. Flyway tells version and kind by its name, which may be another than the one
/// that its owner has given it; people and histories see the owner's.
final class MigrationFile extends LoadableResource {
  private final String name;
  private final String own;
  private final String text;

  /// @param name as Flyway has names
  /// @param own the owner's name for it
  MigrationFile(String name, String own, String text) {
    this.name = name;
    this.own = own;
    this.text = text;
  }

  @Override
  public Reader read() {
    return new StringReader(text);
  }

  @Override
  public String getAbsolutePath() {
    return own;
  }

  @Override
  public String getAbsolutePathOnDisk() {
    return own;
  }

  @Override
  public String getFilename() {
    return name;
  }

  @Override
  public String getRelativePath() {
    return own;
  }
}
