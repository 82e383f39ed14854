package dev.stipend.ingest.objects;

import java.io.IOException;

/// Port: where objects of usage are.
public interface ObjectStore {
  /// Fetches an object.
  ///
  /// @param most how many bytes it may have
  /// @throws UnusableObjectException if it is not there, or has more
  /// @throws IOException if it cannot be fetched now, or nobody lets us
  byte[] fetch(NewObject object, int most) throws IOException;
}
