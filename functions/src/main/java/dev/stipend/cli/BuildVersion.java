package dev.stipend.cli;

import dev.stipend.platform.database.SchemaVersion;
import picocli.CommandLine.IVersionProvider;

/// Says which build this is, by the schema that it needs.
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"stipend, schema " + SchemaVersion.REQUIRED};
  }
}
