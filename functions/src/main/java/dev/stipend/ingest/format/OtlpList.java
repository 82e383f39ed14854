package dev.stipend.ingest.format;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A list of objects in an export of OpenTelemetry.
final class OtlpList {
  private OtlpList() {}

  /// Visits the objects of a list; what is none is refused, and the others are visited.
  ///
  /// @param path where the parent stands
  /// @param readings is added what is refused
  static void each(
      String path,
      Map<?, ?> parent,
      String name,
      Consumer<? super Reading> readings,
      BiConsumer<String, Map<?, ?>> visit) {
    Object value = parent.get(name);
    if (value == null) {
      return;
    }
    if (!(value instanceof List<?> list)) {
      readings.accept(new Reading.Refused("", path + name + " must be a list"));
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String where = path + name + "[" + i + "]";
      @Nullable Object element = list.get(i);
      if (element instanceof Map<?, ?> object) {
        visit.accept(where, object);
      } else {
        readings.accept(new Reading.Refused("", where + " must be an object"));
      }
    }
  }
}
