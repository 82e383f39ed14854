package dev.stipend.local.database;

import dev.stipend.local.terminal.LocalFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// The directory that keeps data between runs, owned by one run at a time. The system frees the
/// lock when the process ends, however it ends.
public final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes the directory, creating it when it is missing.
  ///
  /// @throws LocalFailure when another run has it, or it cannot be written
  public static DataDirectory claim(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new LocalFailure(
            "Another run is using the data in %s: stop it first, or add -Dstipend.data=memory."
                .formatted(path));
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new LocalFailure("The data directory %s cannot be used: %s.".formatted(path, e), e);
    }
  }

  public Path path() {
    return path;
  }

  /// The admin key of this directory, made at the first call and readable by its owner only.
  public String adminKey() {
    Path file = path.resolve("admin-api-key");
    try {
      if (!Files.exists(file)) {
        FileAttribute<?>[] ownerOnly =
            file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                  PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
        Files.writeString(file, newKey());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new LocalFailure("The admin key in %s cannot be used: %s.".formatted(file, e), e);
    }
  }

  /// A key that nobody can guess.
  public static String newKey() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return "stp_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new LocalFailure("The lock of %s cannot be released: %s.".formatted(path, e), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
