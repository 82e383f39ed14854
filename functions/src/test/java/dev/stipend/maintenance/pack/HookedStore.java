package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.archive.ArchiveStore;
import dev.stipend.maintenance.archive.ArchiveStores;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/// A directory of archives in which something happens before a file is written or read.
class HookedStore implements ArchiveStore {
  private final ArchiveStore files = ArchiveStores.directory();

  void beforeWriting(URI at) throws IOException {
    // Nothing happens unless a test says so.
  }

  void beforeReading(URI at) throws IOException {
    // Nothing happens unless a test says so.
  }

  @Override
  public String scheme() {
    return files.scheme();
  }

  @Override
  public void write(URI at, Content content) throws IOException {
    beforeWriting(at);
    files.write(at, content);
  }

  @Override
  public InputStream read(URI at) throws IOException {
    beforeReading(at);
    return files.read(at);
  }
}
