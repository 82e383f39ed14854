package dev.stipend.migration.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;

/// Reads files that are ordered by the number in their names as if they were V and U files. Names
/// and line numbers that people see are those of the files.
final class PlainFiles {
  private static final Pattern NAME =
      Pattern.compile(
          "(?<version>[0-9]+(?:[._-][0-9]+)*)(?:[_.-](?<title>.+?))?(?<direction>\\.up|\\.down)?\\.sql");
  private static final Pattern SECTION =
      Pattern.compile("^--\\s*migrate:(?<direction>up|down)\\b.*$");

  /// What Alembic's `upgrade --sql` prints: it brings transactions of its own, which end before the
  /// row of the history is written.
  private static final Pattern ALEMBIC = Pattern.compile("(?m)^-- Running (upgrade|downgrade) ");
  private static final Pattern OWN_TRANSACTION = Pattern.compile("(?m)^(BEGIN|COMMIT);$");

  private final Map<MigrationVersion, String> up = new TreeMap<>();
  private final Map<MigrationVersion, String> down = new TreeMap<>();
  private final List<MigrationFile> files = new ArrayList<>();

  private PlainFiles() {}

  static boolean isOne(String name) {
    return NAME.matcher(name).matches();
  }

  /// The number in a file's name; empty if it has none.
  static Optional<String> version(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? Optional.of(number(parts)) : Optional.empty();
  }

  private static String number(Matcher parts) {
    return parts.group("version").replaceAll("[_-]", ".");
  }

  /// @param texts by the names of their files
  /// @throws dev.stipend.migration.StoppedException if two files have one number, or one only
  ///     undoes
  static List<MigrationFile> read(Map<String, String> texts) {
    PlainFiles plain = new PlainFiles();
    texts.forEach(plain::add);
    plain.down.forEach(
        (version, name) -> {
          if (!plain.up.containsKey(version)) {
            throw FoundFiles.stopped(
                "%s undoes a migration that is not there.".formatted(name),
                "Bring %s back, or remove it as well.".formatted(name.replace(".down.", ".up.")));
          }
        });
    return plain.files;
  }

  private void add(String name, String file) {
    String text =
        ALEMBIC.matcher(file).find() ? OWN_TRANSACTION.matcher(file).replaceAll("") : file;
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(name);
    }
    String flyway =
        "%s__%s.sql"
            .formatted(number(parts), Optional.ofNullable(parts.group("title")).orElse("unnamed"));
    MigrationVersion version = MigrationVersion.fromVersion(number(parts));
    if (".down".equals(parts.group("direction"))) {
      claim(down, version, name);
      files.add(new MigrationFile("U" + flyway, name, text));
      return;
    }
    claim(up, version, name);
    if (text.lines().noneMatch(line -> SECTION.matcher(line).matches())) {
      files.add(new MigrationFile("V" + flyway, name, text));
      return;
    }
    section("V" + flyway, name, text, "up");
    if (hasStatements(only(text, "down"))) {
      claim(down, version, name);
      section("U" + flyway, name + " (down)", text, "down");
    }
  }

  private static void claim(
      Map<MigrationVersion, String> claimed, MigrationVersion version, String name) {
    String other = claimed.putIfAbsent(version, name);
    if (other != null) {
      throw FoundFiles.stopped(
          "%s and %s have the same number, so that their order is not known."
              .formatted(other, name),
          "Give the one that has run nowhere yet a number of its own.");
    }
  }

  private void section(String flyway, String name, String text, String direction) {
    files.add(new MigrationFile(flyway, name, only(text, direction)));
  }

  /// The lines of one section, each where it was.
  private static String only(String text, String direction) {
    StringBuilder section = new StringBuilder();
    String current = "";
    for (String line : text.split("\n", -1)) {
      Matcher mark = SECTION.matcher(line.strip());
      current = mark.matches() ? mark.group("direction") : current;
      section.append(current.equals(direction) ? line : "").append('\n');
    }
    return section.toString();
  }

  private static boolean hasStatements(String text) {
    return text.lines().anyMatch(line -> !line.isBlank() && !line.strip().startsWith("--"));
  }
}
