package dev.stipend.platform.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The names that enum constants have outside, in the API, in messages and in the database: their
/// own in lower case.
public final class Labels {
  private Labels() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// The constant of a label that was written by Stipend itself.
  ///
  /// @throws IllegalArgumentException if this release does not know it: another one wrote it
  public static <E extends Enum<E>> E parse(Class<E> type, String label) {
    return find(type, label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this release knows no %s %s".formatted(type.getSimpleName(), label)));
  }

  /// The constant of a label; empty if this release does not know it.
  public static <E extends Enum<E>> Optional<E> find(Class<E> type, String label) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(label))
        .findFirst();
  }

  /// All constants by their labels, in the order of their declaration.
  public static <E extends Enum<E>> Map<String, E> choices(Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(of(constant), constant);
    }
    return choices;
  }
}
