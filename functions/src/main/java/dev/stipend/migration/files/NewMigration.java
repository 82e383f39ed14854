package dev.stipend.migration.files;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.report.ReportDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes the two files of a new migration.
public final class NewMigration {
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private NewMigration() {}

  public static void write(MigrationSet set, String title, Instant now, ReportDraft draft) {
    String name =
        title
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_|_$", "");
    Path folder =
        set.source()
            .filter(Files::isDirectory)
            .orElseThrow(
                () ->
                    new StoppedException(
                        RunOutcome.REFUSED,
                        "There is no folder for it here; run it where the sources are, or give"
                            + " --set DIRECTORY."));
    if (!name.matches("[a-z0-9]+_[a-z0-9_]+")) {
      throw new StoppedException(
          RunOutcome.REFUSED, "A name is an action and its object, such as add_budget_owner.");
    }
    String file = "V%s__%s.sql".formatted(VERSION.format(now), name);
    String newest =
        set.files().getResources("V", new String[] {".sql"}).stream()
            .flatMap(each -> Script.version(each.getFilename()).stream())
            .max(String::compareTo)
            .orElse("0");
    try {
      String text =
          """
          -- What it changes, and why.
          -- requires: migration %s
          -- contract: (only if something is dropped) since when nothing uses it

          """
              .formatted(newest);
      write(
          folder.resolve(file), newest.equals("0") ? text.replaceAll("-- requires.*\n", "") : text);
      write(
          folder.resolve(Script.undoName(file)),
          """
          -- Undoes %s. What it made is dropped with its data.

          """
              .formatted(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    draft.end(
        RunOutcome.DONE, "Wrote %s and %s.".formatted(folder.resolve(file), Script.undoName(file)));
  }

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      throw new StoppedException(RunOutcome.REFUSED, file + " already exists.");
    }
    Files.writeString(file, text);
  }
}
