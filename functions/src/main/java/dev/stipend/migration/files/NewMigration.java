package dev.stipend.migration.files;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.report.ReportDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes the files of a new migration, in the layout of those that are there.
public final class NewMigration {
  private static final List<String> ACTIONS =
      List.of("init", "add", "create", "update", "remove", "fix", "migrate", "optimize");

  /// Letters that are no other letter with a mark.
  private static final Map<String, String> LETTERS =
      Map.of(
          "ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı",
          "i");

  private NewMigration() {}

  /// Writes them.
  ///
  /// @param generated whether the SQL is expected to be generated
  public static void write(
      MigrationSet set, String title, boolean generated, Instant now, ReportDraft draft) {
    if (set.pack().isPresent()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "The files of a pack are a part of Stipend; write your own with --set DIRECTORY.");
    }
    String name = name(title);
    if (!name.matches("[a-z0-9]+_[a-z0-9_]+")) {
      throw new StoppedException(
          RunOutcome.USAGE,
          "A name is an action and its object in Latin letters, such as add_budget_owner.");
    }
    Path folder = folder(set);
    String action = name.replaceFirst("_.*", "");
    if (!ACTIONS.contains(action)) {
      draft.warnings.add(
          "%s is none of the words that names usually begin with: %s."
              .formatted(action, String.join(", ", ACTIONS)));
    }
    if (generated) {
      draft.warnings.add("Nothing is generated from a model: write the SQL into the new files.");
    }
    if (set.isPrisma()) {
      draft.warnings.add(
          "Prisma generates the SQL from its schema: prisma migrate dev --create-only. Here, write"
              + " it by hand.");
    }
    NewFiles files = NewFiles.of(set, name, now);
    try {
      for (Map.Entry<String, String> file : files.texts().entrySet()) {
        write(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    List<String> names = List.copyOf(files.texts().keySet());
    draft.end(
        RunOutcome.DONE,
        "Wrote %s%s."
            .formatted(
                folder.resolve(names.getFirst()),
                names.size() > 1 ? " and " + names.getLast() : ""));
  }

  /// The folder of the set's files; a new set begins with a new folder.
  private static Path folder(MigrationSet set) {
    Path folder = set.source().orElseThrow();
    if (Files.isDirectory(folder)) {
      return folder;
    }
    if (set.isCore() || Files.exists(folder)) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          set.isCore()
              ? "There is no folder for it here; run it where the sources are, or give --set"
                  + " DIRECTORY."
              : folder + " is no folder; give --set DIRECTORY.");
    }
    return folder;
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

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      throw new StoppedException(RunOutcome.REFUSED, file + " already exists.");
    }
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }
}
