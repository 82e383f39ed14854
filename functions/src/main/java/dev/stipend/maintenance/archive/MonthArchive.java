package dev.stipend.maintenance.archive;

import dev.stipend.platform.json.Labels;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes months of the ledger to an archive, each with its manifest, and verifies what was
/// written.
@Singleton
class MonthArchive {
  /// The version of the form of files and manifests.
  private static final int FORM = 1;

  private static final Logger LOG = LoggerFactory.getLogger(MonthArchive.class);

  private final MonthlyPartitions months;
  private final JsonMapper json;
  private final List<ArchiveStore> stores;

  MonthArchive(MonthlyPartitions months, JsonMapper json, List<ArchiveStore> stores) {
    this.months = months;
    this.json = json;
    this.stores = stores;
  }

  /// Writes a month, instead of what an attempt before may have left.
  ArchivedMonth write(YearMonth month, int part, URI place, ArchiveFormat format, Instant now) {
    String name = "usage-" + month + (part == 1 ? "" : "-" + part);
    URI file = place.resolve(name + "." + Labels.of(format) + ".gz");
    ArchiveStore store = storeOf(place);
    try {
      String sha256 = ArchiveFile.write(store, file, out -> months.copy(month, format, out));
      ArchivedMonth archived =
          new ArchivedMonth(
              month,
              part,
              months.contents(month),
              file.toString(),
              Optional.of(format),
              Optional.of(sha256));
      byte[] manifest = json.writeValueAsBytes(manifest(archived, now));
      store.write(place.resolve(name + ".manifest.json"), out -> out.write(manifest));
      return archived;
    } catch (IOException failure) {
      throw new UncheckedIOException("The archive " + file + " cannot be written", failure);
    }
  }

  /// Whether the month's file, read to its end, holds what it should.
  boolean isWhole(ArchivedMonth archived) {
    if (archived.format().isEmpty()) {
      return true;
    }
    URI file = URI.create(archived.location());
    try {
      ArchiveFile.Found found =
          ArchiveFile.read(storeOf(file), file, archived.format().orElseThrow());
      return archived.sha256().equals(Optional.of(found.sha256()))
          && found.contents().equals(archived.contents());
    } catch (IOException | RuntimeException unreadable) {
      LOG.warn("The archive {} cannot be read back", file, unreadable);
      return false;
    }
  }

  private static Map<String, Object> manifest(ArchivedMonth archived, Instant now) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("formatVersion", FORM);
    manifest.put("month", archived.month().toString());
    manifest.put("part", archived.part());
    manifest.put("format", archived.format().map(Labels::of).orElseThrow());
    manifest.put("location", archived.location());
    manifest.put("rows", archived.contents().rows());
    manifest.put("costs", archived.contents().costsAsTexts());
    manifest.put("sha256", archived.sha256().orElseThrow());
    manifest.put("archivedAt", now.toString());
    return manifest;
  }

  private ArchiveStore storeOf(URI place) {
    return stores.stream()
        .filter(store -> store.scheme().equals(place.getScheme()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No archive is kept at " + place));
  }
}
