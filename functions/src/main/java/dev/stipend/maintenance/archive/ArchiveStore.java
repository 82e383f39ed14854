package dev.stipend.maintenance.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;

/// Port: where archives are kept, one store for each scheme of URIs.
public interface ArchiveStore {
  /// What is written into an object.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// The scheme of the URIs that it takes, such as `file`.
  String scheme();

  /// Writes an object, instead of one that may be there. The object is there wholly once this
  /// returns, and is left as it was if it fails. Needs the same memory whatever the size.
  void write(URI at, Content content) throws IOException;

  /// Opens an object for reading.
  ///
  /// @throws IOException also if there is none
  InputStream read(URI at) throws IOException;
}
