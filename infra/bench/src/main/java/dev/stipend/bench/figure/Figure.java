package dev.stipend.bench.figure;

import java.util.Locale;
import java.util.OptionalDouble;

/// One line of the result.
///
/// @param name what was measured
/// @param unit of the measured value and its limit
/// @param measured the median
/// @param limit the median of what it is compared with; empty when there is nothing to compare
/// @param required what must hold
public record Figure(
    String name, String unit, double measured, OptionalDouble limit, Requirement required) {

  /// What a figure must keep to.
  public sealed interface Requirement {
    /// Measured by limit is at least this: a rate against the fastest rate there can be.
    record RatioAtLeast(double ratio) implements Requirement {}

    /// Measured by limit is at most this: a time against the time of a smaller job.
    record RatioAtMost(double ratio) implements Requirement {}

    /// The measured value itself is at least this.
    record AtLeast(double value) implements Requirement {}

    /// The measured value itself is at most this.
    record AtMost(double value) implements Requirement {}

    /// Only told.
    record Nothing() implements Requirement {}
  }

  OptionalDouble ratio() {
    return limit.isPresent() ? OptionalDouble.of(measured / limit.getAsDouble()) : limit;
  }

  public boolean isOk() {
    return switch (required) {
      case Requirement.RatioAtLeast least -> ratio().orElseThrow() >= least.ratio();
      case Requirement.RatioAtMost most -> ratio().orElseThrow() <= most.ratio();
      case Requirement.AtLeast least -> measured >= least.value();
      case Requirement.AtMost most -> measured <= most.value();
      case Requirement.Nothing none -> true;
    };
  }

  String shownRequirement() {
    return switch (required) {
      case Requirement.RatioAtLeast least -> "ratio >= " + decimals(least.ratio(), 2);
      case Requirement.RatioAtMost most -> "ratio <= " + decimals(most.ratio(), 2);
      case Requirement.AtLeast least -> ">= " + decimals(least.value(), 0);
      case Requirement.AtMost most -> "<= " + decimals(most.value(), 0);
      case Requirement.Nothing none -> "-";
    };
  }

  String shownVerdict() {
    if (required instanceof Requirement.Nothing) {
      return "-";
    }
    return isOk() ? "ok" : "MISSED";
  }

  /// Whole numbers from 100 on, one decimal below.
  String shown(double value) {
    return decimals(value, value >= 100 ? 0 : 1) + " " + unit;
  }

  static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
