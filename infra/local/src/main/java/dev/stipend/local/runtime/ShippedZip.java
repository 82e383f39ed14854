package dev.stipend.local.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.io.FileUtils;

/// The artifact that the template deploys, unpacked as Lambda does it.
public final class ShippedZip implements AutoCloseable {
  private final Path root;

  private ShippedZip(Path root) {
    this.root = root;
  }

  /// One that is unpacked already, in a directory that {@link #close} removes.
  public static ShippedZip at(Path root) {
    return new ShippedZip(root);
  }

  /// Unpacks a zip into a directory of its own, which {@link #close} removes.
  public static ShippedZip unpack(Path zip) {
    try {
      Path root = Files.createTempDirectory("stipend-zip-");
      try (InputStream file = Files.newInputStream(zip);
          ZipInputStream entries = new ZipInputStream(file)) {
        for (ZipEntry entry = entries.getNextEntry();
            entry != null;
            entry = entries.getNextEntry()) {
          unpack(entries, entry, root);
        }
      }
      return new ShippedZip(root);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void unpack(ZipInputStream entries, ZipEntry entry, Path root) throws IOException {
    Path file = root.resolve(entry.getName()).normalize();
    if (!file.startsWith(root)) {
      throw new IOException(entry.getName() + " is outside of the zip");
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
    } else {
      Files.createDirectories(file.getParent());
      Files.copy(entries, file);
    }
  }

  /// What is `/var/task` on Lambda.
  public Path root() {
    return root;
  }

  @Override
  public void close() {
    try {
      FileUtils.deleteDirectory(root.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
