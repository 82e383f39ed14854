package dev.stipend.migration;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the migrator is asked to do.
///
/// @param parameter what stands behind the verb
/// @param options a switch that is on has the value `true`
public record MigrationRequest(Verb verb, Optional<String> parameter, Map<Option, String> options) {
  private static final String VERB = "verb";
  private static final String TARGET = "target";

  public static MigrationRequest of(Verb verb) {
    return new MigrationRequest(verb, Optional.empty(), Map.of());
  }

  /// Reads `{"verb":"downgrade","target":"-1","confirm":"stipend"}`.
  ///
  /// @throws IllegalArgumentException naming the field that is wrong
  public static MigrationRequest read(Map<String, ?> fields) {
    String label = String.valueOf(fields.get(VERB));
    Verb verb =
        Verb.find(label)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "verb must be one of %s, not %s"
                            .formatted(
                                Stream.of(Verb.values())
                                    .map(Verb::label)
                                    .collect(Collectors.joining(", ")),
                                label)));
    Map<String, Object> rest = new LinkedHashMap<>(fields);
    rest.remove(VERB);
    Object target = rest.remove(TARGET);
    Map<Option, String> options = new EnumMap<>(Option.class);
    rest.forEach((name, value) -> options.put(option(verb, name), String.valueOf(value)));
    return new MigrationRequest(verb, Optional.ofNullable(target).map(String::valueOf), options);
  }

  private static Option option(Verb verb, String name) {
    return Option.find(name)
        .filter(verb.options()::contains)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is not an option of %s; its options are target, %s"
                        .formatted(
                            name,
                            verb.label(),
                            verb.options().stream()
                                .map(Option::label)
                                .collect(Collectors.joining(", ")))));
  }

  /// Whether nothing changes by it, so that it must do with the privilege to read.
  public boolean onlyLooks() {
    boolean shows = has(Option.DRY_RUN) || has(Option.SQL);
    return switch (verb) {
      case DOCTOR, UNLOCK -> false;
      default -> shows || !(verb.acts() || has(Option.ACCEPT));
    };
  }

  public Optional<String> text(Option option) {
    return Optional.ofNullable(options.get(option)).filter(value -> !value.isBlank());
  }

  public boolean has(Option option) {
    return text(option).filter(Boolean::parseBoolean).isPresent();
  }
}
