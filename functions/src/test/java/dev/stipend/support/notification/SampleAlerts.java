package dev.stipend.support.notification;

import dev.stipend.alert.AlertSnapshot;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// One of everything that people are told, with the name its files to look at have.
public final class SampleAlerts {
  private SampleAlerts() {}

  /// Name and snapshot.
  public static Stream<Arguments> all() {
    return named().map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  /// Name, snapshot and language.
  public static Stream<Arguments> inEachLanguage() {
    return named()
        .flatMap(
            each ->
                Stream.of("en", "es")
                    .map(tag -> Arguments.of(each.getKey(), each.getValue(), tag)));
  }

  private static Stream<Map.Entry<String, AlertSnapshot>> named() {
    return Stream.of(
        Map.entry("warning", SampleAlert.warning().snapshot()),
        Map.entry("exceeded", SampleAlert.exceeded().snapshot()),
        Map.entry("forecast", SampleAlert.approaching().snapshot()),
        Map.entry("unusual", SampleAlert.unusual().snapshot()),
        Map.entry("unpriced", SampleAlert.unpriced().snapshot()),
        Map.entry("restated", SampleAlert.restated().snapshot()),
        Map.entry("stale", SampleAlert.stale().snapshot()),
        Map.entry("recovered", SampleAlert.recovered().snapshot()),
        Map.entry("test", SampleAlert.test().snapshot()),
        Map.entry("summary", SampleSummary.snapshot()));
  }
}
