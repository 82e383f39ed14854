package dev.stipend.platform.wording;

import dev.stipend.platform.json.Labels;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Why something was decided: a code with parameters, exact and without words.
///
/// @param code what was found
/// @param parameters the values that belong to the code, by name: amounts and percents as decimal
///     numbers, times in ISO 8601
public record Reason(Code code, SortedMap<String, String> parameters) {
  /// What a reason says. The catalogue has a sentence for each, `reason.` and its label.
  public enum Code {
    THRESHOLD_REACHED,
    BELOW_THRESHOLD,
    UNPRICED_USAGE,
    UNPRICED_USAGE_AT_CEILING,
    ALL_PRICED,
    FORECAST_REACHES,
    FORECAST_BELOW,
    HOUR_UNUSUAL,
    HOUR_LESS_UNUSUAL,
    HOUR_USUAL,
    NOTHING_RECORDED,
    USAGE_RECORDED,
    PERIOD_RESTATED,
    PERIOD_ENDED_UNNOTICED,
    PERIOD_RESTATED_BELOW,
    THRESHOLD_REMOVED,
    BUDGET_ARCHIVED,
    PERIOD_ENDED,
    SUMMARY_DAILY,
    SUMMARY_WEEKLY,
    CHANNEL_TEST;

    /// The code of a label, if this release knows it.
    public static Optional<Code> find(String label) {
      return Optional.ofNullable(Labels.choices(Code.class).get(label));
    }
  }

  /// Why a message about an open alert is sent again, or late.
  public enum Repeat {
    /// The threshold asks for reminders.
    REMINDER,
    /// It was suppressed until now.
    SUPPRESSED,
    /// It was suppressed, and the period has ended meanwhile.
    AFTER_THE_END
  }

  /// The parameter that says of {@link Repeat}.
  static final String REPEAT = "repeat";

  public Reason {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  public static Reason of(Code code) {
    return new Reason(code, new TreeMap<>());
  }

  /// Reads what was stored.
  public static Reason of(Code code, Map<String, String> parameters) {
    return new Reason(code, new TreeMap<>(parameters));
  }

  /// The same with one more parameter.
  public Reason with(String name, Object value) {
    SortedMap<String, String> more = new TreeMap<>(parameters);
    more.put(name, value instanceof BigDecimal number ? number.toPlainString() : value.toString());
    return new Reason(code, more);
  }

  /// The same, said again or late.
  ///
  /// @param raisedAt when the alert was raised
  public Reason again(Repeat repeat, Instant raisedAt) {
    return with(REPEAT, Labels.of(repeat)).with("raisedAt", raisedAt);
  }
}
