package dev.stipend.maintenance.archive;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// A folder in which archives are kept.
///
/// @param at its URI, which ends with a slash
/// @param store the one that takes such URIs
public record ArchivePlace(URI at, ArchiveStore store) {
  /// Reads `file:///path` or `s3://bucket/prefix`; empty if no store takes it.
  public static Optional<ArchivePlace> of(String text, List<ArchiveStore> stores) {
    try {
      URI place = new URI(text.endsWith("/") ? text : text + "/");
      boolean complete =
          "file".equals(place.getScheme()) ? place.getHost() == null : place.getHost() != null;
      return stores.stream()
          .filter(store -> complete && store.scheme().equals(place.getScheme()))
          .findFirst()
          .map(store -> new ArchivePlace(place, store));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
