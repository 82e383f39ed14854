package dev.stipend.local.usage;

import java.nio.file.Path;
import java.util.Optional;

/// What became of the rows of a usage file.
///
/// @param rejections the file with the rejected rows and the reasons; empty when there are none
public record LoadCounts(long recorded, long duplicate, long rejected, Optional<Path> rejections) {

  /// One line for people.
  public String sentence() {
    return "%,d recorded, %,d duplicate, %,d rejected%s"
        .formatted(
            recorded,
            duplicate,
            rejected,
            rejections.map(path -> " (reasons in " + path + ")").orElse(""));
  }
}
