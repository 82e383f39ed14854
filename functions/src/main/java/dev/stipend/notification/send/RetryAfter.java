package dev.stipend.notification.send;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long a provider asks to wait.
///
/// Points in time are compared with the `Date` of the same response: the provider's clock decides,
/// not ours. What cannot be understood is as if it had not been said.
public final class RetryAfter {
  private RetryAfter() {}

  /// Reads `Retry-After`: seconds, or an HTTP date.
  ///
  /// @param value the header
  /// @param date the response's `Date`
  public static Optional<Duration> of(@Nullable String value, @Nullable String date) {
    Optional<Duration> seconds = seconds(value).map(Duration::ofSeconds);
    return seconds.isPresent() ? seconds : httpDate(value).flatMap(until -> from(date, until));
  }

  /// Reads a header that names the point in time in seconds since 1970, as `X-RateLimit-Reset`.
  ///
  /// @param value the header
  /// @param date the response's `Date`
  public static Optional<Duration> ofEpoch(@Nullable String value, @Nullable String date) {
    return seconds(value).map(Instant::ofEpochSecond).flatMap(until -> from(date, until));
  }

  private static Optional<Duration> from(@Nullable String date, Instant until) {
    return httpDate(date)
        .map(now -> Duration.between(now, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Long> seconds(@Nullable String value) {
    // More than nine digits are no wait, and ten are enough for an epoch until 2286.
    return Optional.ofNullable(value)
        .map(String::strip)
        .filter(text -> text.matches("\\d{1,10}"))
        .map(Long::valueOf);
  }

  private static Optional<Instant> httpDate(@Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip(), Instant::from));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
