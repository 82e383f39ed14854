package dev.stipend.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// What a channel was told of one alert, itself or as a line of a digest.
///
/// @param moment the number of the moment at which it arrived
/// @param message identity of the message, the same at every attempt to send it
/// @param budget the budget's name
/// @param subject whose, if the message says it; texts do for budgets of each user
/// @param window start of the period, if the message says it exactly
/// @param line the line in percent, if the message says it
/// @param percent of the limit that is spent
/// @param amount what is spent, if the message says it exactly
/// @param limit the limit
/// @param alert id of the alert, if the message says it
record Heard(
    Place place,
    int moment,
    Instant at,
    String message,
    Kind kind,
    String budget,
    Optional<String> subject,
    Optional<Instant> window,
    Optional<Integer> line,
    BigDecimal percent,
    Optional<BigDecimal> amount,
    BigDecimal limit,
    Optional<String> alert) {
  enum Kind {
    RAISED,
    RECOVERED,
    RESTATED
  }

  /// Whether whoever reads it knows that so much was reached. That a line is left again tells it to
  /// whom both could not be delivered.
  boolean states(int percentOfLimit) {
    if (kind == Kind.RECOVERED) {
      return place == Place.FALLBACK && line.filter(named -> named == percentOfLimit).isPresent();
    }
    return line.map(named -> named >= percentOfLimit).orElse(false)
        || percent.compareTo(BigDecimal.valueOf(percentOfLimit)) >= 0;
  }

  /// What it says, whenever it arrives.
  String withoutTime() {
    return toString().substring(at.toString().length());
  }

  @Override
  public String toString() {
    return "%s %s heard %s: %s of %s%s at %s %% of %s%s"
        .formatted(
            at,
            place,
            kind,
            budget,
            subject.orElse("its scope"),
            line.map(named -> ", line " + named).orElse(""),
            percent,
            limit,
            window.map(start -> ", period from " + start).orElse(""));
  }
}
