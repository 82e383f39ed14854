package dev.stipend.migration.files;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.report.ReportDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;

/// Writes the two files of a new migration.
public final class NewMigration {
  private static final DateTimeFormatter VERSION =
      DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final List<String> ACTIONS =
      List.of("init", "add", "create", "update", "remove", "fix", "migrate", "optimize");

  /// Letters that are no other letter with a mark.
  private static final Map<String, String> LETTERS =
      Map.of(
          "ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı",
          "i");

  private NewMigration() {}

  public static void write(MigrationSet set, String title, Instant now, ReportDraft draft) {
    if (set.isPrisma()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Prisma makes its migrations from its schema: prisma migrate dev --create-only.");
    }
    if (set.pack().isPresent()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "The files of a pack are a part of Stipend; write your own with --set DIRECTORY.");
    }
    String name = name(title);
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
          RunOutcome.REFUSED,
          "A name is an action and its object in Latin letters, such as add_budget_owner.");
    }
    String newest = SameVersion.newest(set.files());
    String file = "V%s__%s.sql".formatted(version(newest, now), name);
    String action = name.replaceFirst("_.*", "");
    if (!ACTIONS.contains(action)) {
      draft.warnings.add(
          "%s is none of the words that names usually begin with: %s."
              .formatted(action, String.join(", ", ACTIONS)));
    }
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

  private static String name(String title) {
    String latin = title.strip().toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      latin = latin.replace(letter.getKey(), letter.getValue());
    }
    return Normalizer.normalize(latin, Normalizer.Form.NFD)
        .replaceAll("\\p{M}+", "")
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_|_$", "");
  }

  /// The minute, or a later one if another file has that or a newer one: it is to run after it.
  private static String version(String newest, Instant now) {
    String minute = VERSION.format(now);
    if (MigrationVersion.fromVersion(newest).compareTo(MigrationVersion.fromVersion(minute)) < 0) {
      return minute;
    }
    try {
      return VERSION.format(
          LocalDateTime.parse(newest, VERSION).plusMinutes(1).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException noMinute) {
      return newest.matches("[0-9]+")
          ? String.valueOf(new BigInteger(newest).add(BigInteger.ONE))
          : newest + ".1";
    }
  }

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      throw new StoppedException(RunOutcome.REFUSED, file + " already exists.");
    }
    Files.writeString(file, text);
  }
}
