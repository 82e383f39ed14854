package dev.stipend.maintenance.archive;

import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// Archives in a directory.
@Singleton
class FileArchiveStore implements ArchiveStore {
  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public void write(URI at, Content content) throws IOException {
    Path file = Path.of(at);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.writeTo(out);
      out.flush();
      // What is read back to verify it must be what a loss of power would leave.
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public InputStream read(URI at) throws IOException {
    return Files.newInputStream(Path.of(at));
  }
}
