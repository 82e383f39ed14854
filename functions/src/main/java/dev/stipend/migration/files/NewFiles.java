package dev.stipend.migration.files;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resource.LoadableResource;

/// What the files of a new migration are called and begin with, in the layout of those that are
/// there. It runs after all of them.
///
/// @param texts by the paths of the files within the set
/// @param version of the new migration
record NewFiles(Map<String, String> texts, String version) {
  private static final String MINUTE = "uuuuMMddHHmm";
  private static final String SECOND = "uuuuMMddHHmmss";
  private static final String DAY = "uuuuMMdd";
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?<number>[0-9]+(?:[._-][0-9]+)*)(?<separator>[_.-]).+?(?<direction>\\.up)?\\.sql");
  private static final String ABOUT = "-- What it changes, and why.\n";
  private static final String UNDO = "-- Undoes %s. What it made is dropped with its data.\n\n";

  static NewFiles of(MigrationSet set, String name, Instant now) {
    return switch (set.files().layout()) {
      case FLYWAY -> flyway(SameVersion.newest(set.files()), name, now);
      case PRISMA -> prisma(set.files(), name, now);
      case PLAIN -> numbered(set.files(), name, now);
    };
  }

  private static NewFiles flyway(String newest, String name, Instant now) {
    String version = after(newest, MINUTE, now);
    String file = "V%s__%s.sql".formatted(version, name);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        file,
        ABOUT
            + (newest.equals("0") ? "" : "-- requires: migration %s\n".formatted(newest))
            + "-- contract: (only if something is dropped) since when nothing uses it\n\n");
    texts.put(Script.undoName(file), UNDO.formatted(file));
    return new NewFiles(texts, version);
  }

  /// Prisma orders folders by their names.
  private static NewFiles prisma(MigrationFiles files, String name, Instant now) {
    String newest =
        newest(files)
            .map(file -> file.getRelativePath().replaceFirst("[^0-9].*", ""))
            .filter(number -> !number.isEmpty())
            .orElse("0");
    String version = after(newest, SECOND, now);
    return new NewFiles(
        Map.of("%s_%s/migration.sql".formatted(version, name), ABOUT + "\n"), version);
  }

  private static NewFiles numbered(MigrationFiles files, String name, Instant now) {
    LoadableResource last = newest(files).orElseThrow();
    Matcher parts = NUMBERED.matcher(last.getRelativePath());
    boolean named = parts.matches();
    String newest = named ? parts.group("number") : SameVersion.newest(files);
    String version = next(newest, now);
    String stem = version + (named ? parts.group("separator") : "_") + name;
    Map<String, String> texts = new LinkedHashMap<>();
    if (MigrationFiles.text(last).contains("-- migrate:up")
        || files.find(last.getRelativePath() + " (down)").isPresent()) {
      texts.put(stem + ".sql", "-- migrate:up\n%s\n\n-- migrate:down\n".formatted(ABOUT));
    } else if (named && parts.group("direction") != null) {
      texts.put(stem + ".up.sql", ABOUT + "\n");
      texts.put(stem + ".down.sql", UNDO.formatted(stem + ".up.sql"));
    } else {
      texts.put(stem + ".sql", ABOUT + "\n");
      boolean undoes =
          files.getResources("U", new String[] {".sql"}).stream()
              .anyMatch(file -> file.getRelativePath().endsWith(".down.sql"));
      if (undoes) {
        texts.put(stem + ".down.sql", UNDO.formatted(stem + ".sql"));
      }
    }
    return new NewFiles(texts, version);
  }

  private static Optional<LoadableResource> newest(MigrationFiles files) {
    String newest = SameVersion.newest(files);
    return files.getResources("V", new String[] {".sql"}).stream()
        .filter(
            file ->
                Script.version(file.getFilename())
                    .filter(
                        version ->
                            MigrationVersion.fromVersion(version)
                                .equals(MigrationVersion.fromVersion(newest)))
                    .isPresent())
        .findFirst();
  }

  /// A time in the form of the newest number, or the next number with as many digits.
  private static String next(String newest, Instant now) {
    for (String form : List.of(SECOND, MINUTE, DAY)) {
      if (isTime(newest, form)) {
        return after(newest, form, now);
      }
    }
    Matcher last = Pattern.compile("(?<before>.*?)(?<number>[0-9]+)").matcher(newest);
    if (!last.matches()) {
      return newest + ".1";
    }
    String digits = last.group("number");
    String next = new BigInteger(digits).add(BigInteger.ONE).toString();
    return last.group("before") + "0".repeat(Math.max(0, digits.length() - next.length())) + next;
  }

  private static boolean isTime(String number, String form) {
    try {
      // Nine digits and more may be a count, too; the year tells.
      return number.length() == form.length()
          && number.matches("(19|20|21)[0-9]+")
          && !formatter(form).parse(number).toString().isEmpty();
    } catch (DateTimeParseException noTime) {
      return false;
    }
  }

  /// The time, or a later one if another file has that or a newer one: it is to run after it.
  private static String after(String newest, String form, Instant now) {
    String time = formatter(form).format(now);
    if (MigrationVersion.fromVersion(newest).compareTo(MigrationVersion.fromVersion(time)) < 0) {
      return time;
    }
    try {
      LocalDateTime last =
          form.equals(DAY)
              ? LocalDate.parse(newest, formatter(form)).atStartOfDay()
              : LocalDateTime.parse(newest, formatter(form));
      LocalDateTime later =
          switch (form) {
            case DAY -> last.plusDays(1);
            case SECOND -> last.plusSeconds(1);
            default -> last.plusMinutes(1);
          };
      return formatter(form).format(later.toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException noTime) {
      return newest.matches("[0-9]+")
          ? String.valueOf(new BigInteger(newest).add(BigInteger.ONE))
          : newest + ".1";
    }
  }

  private static DateTimeFormatter formatter(String form) {
    return DateTimeFormatter.ofPattern(form, Locale.ROOT).withZone(ZoneOffset.UTC);
  }
}
