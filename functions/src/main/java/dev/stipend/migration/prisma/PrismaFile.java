package dev.stipend.migration.prisma;

import dev.stipend.migration.files.MigrationFiles;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.resource.LoadableResource;

/// The file of a migration.
///
/// @param name its folder's, by which the migration is known
record PrismaFile(String name, LoadableResource resource) {
  static List<PrismaFile> all(MigrationFiles files) {
    return files.getResources("V", new String[] {".sql"}).stream()
        .map(resource -> new PrismaFile(name(resource.getRelativePath()), resource))
        .toList();
  }

  /// @param script a file's path within the set
  static String name(String script) {
    return script.replaceFirst("/[^/]*$", "");
  }

  String checksum() {
    return sha256(MigrationFiles.text(resource));
  }

  /// Whether this is the file that has run. Git may have changed its line ends since.
  boolean is(String checksum) {
    String text = MigrationFiles.text(resource);
    String unix = text.replace("\r\n", "\n");
    return checksum.equals(sha256(text))
        || checksum.equals(sha256(unix))
        || checksum.equals(sha256(unix.replace("\n", "\r\n")));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
