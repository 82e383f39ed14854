package dev.stipend.maintenance.archive;

import dev.stipend.platform.json.Labels;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the settings of {@link Retention}: `USAGE_RETENTION_MONTHS`, `USAGE_ARCHIVE`,
/// `USAGE_ARCHIVE_FORMAT`.
@Singleton
class RetentionSettings {
  private static final String NO_ARCHIVE = "none";
  private static final Map<String, ArchiveFormat> FORMATS = Labels.choices(ArchiveFormat.class);

  private final String months;
  private final String archive;
  private final String format;
  private final List<ArchiveStore> stores;

  RetentionSettings(
      @Nullable @Value("${usage.retention.months:}") String months,
      @Nullable @Value("${usage.archive:}") String archive,
      @Nullable @Value("${usage.archive.format:}") String format,
      List<ArchiveStore> stores) {
    this.months = months == null ? "" : months.strip();
    this.archive = archive == null ? "" : archive.strip();
    this.format = format == null ? "" : format.strip();
    this.stores = stores;
  }

  /// The retention; empty when everything is kept for ever.
  ///
  /// @throws IllegalStateException naming the setting that makes no sense
  Optional<Retention> read() {
    return months.isEmpty()
        ? Optional.empty()
        : Optional.of(new Retention(months(), archive(), format()));
  }

  private int months() {
    if (!months.matches("[0-9]{1,4}") || Integer.parseInt(months) < Retention.FEWEST_MONTHS) {
      throw new IllegalStateException(
          "USAGE_RETENTION_MONTHS must be a whole number of months and at least %d, not %s"
              .formatted(Retention.FEWEST_MONTHS, months));
    }
    return Integer.parseInt(months);
  }

  private Optional<URI> archive() {
    if (archive.isEmpty()) {
      throw new IllegalStateException(
          "USAGE_ARCHIVE is not set, and nothing is deleted without an archive: set it to"
              + " file:///path or s3://bucket/prefix, or to none to delete months without one");
    }
    return archive.equals(NO_ARCHIVE) ? Optional.empty() : Optional.of(place());
  }

  private URI place() {
    return ArchivePlace.of(archive, stores)
        .map(ArchivePlace::at)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "USAGE_ARCHIVE must be file:///path, s3://bucket/prefix or none, not "
                        + archive));
  }

  private ArchiveFormat format() {
    ArchiveFormat known = format.isEmpty() ? ArchiveFormat.JSONL : FORMATS.get(format);
    if (known == null) {
      throw new IllegalStateException(
          "USAGE_ARCHIVE_FORMAT must be one of %s, not %s"
              .formatted(String.join(", ", FORMATS.keySet()), format));
    }
    return known;
  }
}
