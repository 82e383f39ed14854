package dev.stipend.local;

import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.usage.UsageFileOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The `stipend.*` options of one run. A blank value is an absent one, so that a build may pass
/// every option along.
///
/// @param port where API and console listen; 0 is any free port
/// @param data the directory that keeps the data, absolute; empty: in memory only
/// @param usage the file to play instead of the sample
/// @param fixedClock the instant at which everything happens; empty: the system's time
/// @param once load, evaluate, deliver, print the summary, end
/// @param demo play the sample, or create the budgets that show a usage file's spend
/// @param apiKey the admin key; empty: one is generated and kept
public record LocalOptions(
    int port,
    Optional<Path> data,
    Optional<UsageFileOptions> usage,
    Optional<Instant> fixedClock,
    boolean once,
    boolean demo,
    Optional<String> apiKey) {

  private static final String PREFIX = "stipend.";
  private static final Set<String> NAMES =
      Set.of(
          "stipend.port",
          "stipend.data",
          "stipend.usage",
          "stipend.usage.model",
          "stipend.usage.user",
          "stipend.usage.agent",
          "stipend.usage.provider",
          "stipend.usage.shift",
          "stipend.clock",
          "stipend.once",
          "stipend.demo",
          "stipend.api-key");

  /// Reads the options.
  ///
  /// @throws LocalFailure naming the first property that is wrong, and the fix
  public static LocalOptions from(Properties properties) {
    rejectUnknown(properties.stringPropertyNames());
    boolean once = flag(properties, "stipend.once", false);
    return new LocalOptions(
        once ? 0 : port(properties),
        data(properties),
        usage(properties),
        text(properties, "stipend.clock").map(LocalOptions::instant),
        once,
        flag(properties, "stipend.demo", true),
        text(properties, "stipend.api-key").map(LocalOptions::apiKey));
  }

  /// The clock that the functions use.
  public Clock clock() {
    return fixedClock
        .map(instant -> Clock.fixed(instant, ZoneOffset.UTC))
        .orElseGet(Clock::systemUTC);
  }

  /// Refuses an option that does not exist: a typing error would otherwise be silently without
  /// effect.
  ///
  /// @throws LocalFailure naming the option and those that exist
  static void rejectUnknown(Set<String> propertyNames) {
    for (String name : new TreeSet<>(propertyNames)) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        throw new LocalFailure(
            "There is no option %s; the options are %s."
                .formatted(name, NAMES.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
  }

  private static int port(Properties properties) {
    Optional<String> text = text(properties, "stipend.port");
    int port =
        text.filter(value -> value.matches("\\d{1,5}"))
            .map(Integer::parseInt)
            .orElse(text.isPresent() ? -1 : 3001);
    if (port < 0 || port > 65_535) {
      throw wrong(
          "stipend.port",
          text.orElse(""),
          "a port from 1 to 65535, or 0 for any free one, such as -Dstipend.port=3002");
    }
    return port;
  }

  private static Optional<Path> data(Properties properties) {
    String data = text(properties, "stipend.data").orElse("");
    if (data.equals("memory")) {
      return Optional.empty();
    }
    Path home = Path.of(System.getProperty("user.home"), ".stipend", "local");
    return Optional.of(data.isEmpty() ? home : Path.of(data).toAbsolutePath().normalize());
  }

  private static Optional<UsageFileOptions> usage(Properties properties) {
    Optional<String> file = text(properties, "stipend.usage");
    Map<String, String> columns =
        Map.of(
            "stipend.usage.model", "model",
            "stipend.usage.user", "user_id",
            "stipend.usage.agent", "agent_id",
            "stipend.usage.provider", "provider");
    Map<String, String> assumed =
        columns.entrySet().stream()
            .filter(column -> text(properties, column.getKey()).isPresent())
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getValue,
                    column -> text(properties, column.getKey()).orElseThrow()));
    String shift = text(properties, "stipend.usage.shift").orElse("none");
    if (!Set.of("now", "none").contains(shift)) {
      throw wrong("stipend.usage.shift", shift, "now or none");
    }
    if (file.isEmpty() && (!assumed.isEmpty() || shift.equals("now"))) {
      throw new LocalFailure(
          "The stipend.usage.* options describe a usage file: add -Dstipend.usage=FILE.csv.");
    }
    return file.map(
        name ->
            new UsageFileOptions(
                Path.of(name).toAbsolutePath().normalize(), assumed, shift.equals("now")));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong("stipend.clock", text, "an instant such as -Dstipend.clock=2023-11-16T19:15:00Z");
    }
  }

  private static String apiKey(String key) {
    if (!key.matches("[\\x21-\\x7e]{1,200}")) {
      // The value is a secret: it is not repeated.
      throw new LocalFailure(
          "stipend.api-key must be 1 to 200 visible ASCII characters without spaces.");
    }
    return key;
  }

  private static boolean flag(Properties properties, String name, boolean otherwise) {
    String text = text(properties, name).orElse(Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(name, text, "true or false");
    }
    return text.equals("true");
  }

  private static Optional<String> text(Properties properties, String name) {
    return Optional.ofNullable(properties.getProperty(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static LocalFailure wrong(String name, String value, String expected) {
    return new LocalFailure("%s is \"%s\", but must be %s.".formatted(name, value, expected));
  }
}
