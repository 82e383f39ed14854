package dev.stipend.json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The names that enum constants have outside, in the API, in messages and in the database: their
/// own in lower case.
public final class Labels {
  private Labels() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// The constant of a label that was written by Stipend itself.
  public static <E extends Enum<E>> E parse(Class<E> type, String label) {
    return Enum.valueOf(type, label.toUpperCase(Locale.ROOT));
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
