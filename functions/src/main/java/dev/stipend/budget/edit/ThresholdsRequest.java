package dev.stipend.budget.edit;

import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.budget.forecast.UnusualActivity;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.UUID;

/// Reads the thresholds of a budget: `alertAt`, a percent or a list of them, or `thresholds` with
/// more to each. A single percent is a warning before the limit, so the limit itself is a threshold
/// too.
final class ThresholdsRequest {
  private static final BigDecimal WARNING = BigDecimal.valueOf(80);
  private static final BigDecimal LIMIT = BigDecimal.valueOf(100);
  private static final int MOST = 20;
  private static final int MOST_CHANNELS = 20;
  private static final int MOST_HOURS = 168;

  /// Of each kind, a percent may stand once.
  private static final Comparator<Threshold> ORDER =
      Comparator.comparing(Threshold::percent).thenComparing(Threshold::kind);

  private static final BigDecimal LEAST_UNUSUAL = UnusualActivity.LEAST_RATIO.movePointRight(2);

  private final JsonFields fields;
  private final SequencedSet<Threshold> lines = new TreeSet<>(ORDER);

  private ThresholdsRequest(JsonFields fields) {
    this.fields = fields;
  }

  /// The thresholds of a new budget: 80 % and 100 % where it names none.
  static List<Threshold> read(JsonFields fields) {
    return given(fields).orElse(List.of(Threshold.actual(WARNING), Threshold.actual(LIMIT)));
  }

  /// The thresholds that are named, if any are.
  static Optional<List<Threshold>> given(JsonFields fields) {
    ThresholdsRequest request = new ThresholdsRequest(fields);
    Optional<Object> alertAt = fields.any("alertAt");
    Optional<List<?>> thresholds = fields.list("thresholds");
    if (alertAt.isPresent() && thresholds.isPresent()) {
      fields.error("alertAt", "must not be given together with thresholds");
    }
    thresholds.ifPresentOrElse(request::addAll, () -> alertAt.ifPresent(request::addPercents));
    return alertAt.isPresent() || thresholds.isPresent()
        ? Optional.of(List.copyOf(request.lines))
        : Optional.empty();
  }

  private void addPercents(Object alertAt) {
    switch (alertAt) {
      case BigDecimal percent -> {
        addPercent("alertAt", percent);
        addPercent("alertAt", LIMIT);
      }
      case List<?> percents when percents.size() <= MOST -> {
        for (int i = 0; i < percents.size(); i++) {
          addPercent("alertAt[" + i + "]", percents.get(i));
        }
      }
      default -> fields.error("alertAt", "must be a percent or a list of at most " + MOST);
    }
  }

  private void addPercent(String name, Object value) {
    if (value instanceof BigDecimal percent) {
      try {
        Threshold line = Threshold.actual(percent);
        lines.add(line);
      } catch (IllegalArgumentException wrong) {
        fields.error(name, String.valueOf(wrong.getMessage()));
      }
    } else {
      fields.error(name, "must be a percent, such as 80");
    }
  }

  private void addAll(List<?> thresholds) {
    if (thresholds.size() > MOST) {
      fields.error("thresholds", "must have at most " + MOST);
      return;
    }
    for (int i = 0; i < thresholds.size(); i++) {
      add(fields.element("thresholds", i, thresholds.get(i)));
    }
  }

  private void add(JsonFields line) {
    line.require("percent");
    Optional<BigDecimal> percent = line.decimal("percent");
    ThresholdKind kind =
        line.oneOf("kind", Labels.choices(ThresholdKind.class)).orElse(ThresholdKind.ACTUAL);
    tooLow(kind, percent).ifPresent(message -> line.error("percent", message));
    Optional<Severity> severity = line.oneOf("severity", Labels.choices(Severity.class));
    List<UUID> channels = ChannelIds.read(line, "channels", MOST_CHANNELS);
    Optional<Duration> remindEvery =
        line.whole("remindEveryHours", 1, MOST_HOURS).map(Duration::ofHours);
    line.refuseUnknown();
    try {
      percent
          .map(
              value ->
                  new Threshold(
                      kind,
                      value,
                      severity.orElse(Threshold.usualSeverity(kind, value)),
                      channels,
                      remindEvery))
          .filter(value -> !lines.add(value))
          .ifPresent(twice -> line.error("percent", "is given twice"));
    } catch (IllegalArgumentException wrong) {
      line.error("percent", String.valueOf(wrong.getMessage()));
    }
  }

  /// Thresholds of what is compared with the usual make no sense within it.
  private static Optional<String> tooLow(ThresholdKind kind, Optional<BigDecimal> percent) {
    return switch (kind) {
      case ACTUAL, FORECAST -> Optional.empty();
      case UNUSUAL ->
          percent
              .filter(value -> value.compareTo(LEAST_UNUSUAL) < 0)
              .map(
                  value ->
                      "must be at least %s of what an hour usually costs".formatted(LEAST_UNUSUAL));
      case STALE ->
          percent
              .filter(value -> value.compareTo(LIMIT) < 0)
              .map(
                  value ->
                      "must be at least %s of how long nothing is usually recorded"
                          .formatted(LIMIT));
    };
  }
}
