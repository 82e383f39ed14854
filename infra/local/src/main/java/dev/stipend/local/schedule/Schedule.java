package dev.stipend.local.schedule;

import io.micronaut.scheduling.cron.CronExpression;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When EventBridge Scheduler calls: `rate(5 minutes)` or `cron(23 2 * * ? *)`.
sealed interface Schedule {

  Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  /// Minutes, hours, day of month, month, day of week, and any year.
  Pattern CRON = Pattern.compile("cron\\((\\S+ \\S+ \\S+ \\S+) (\\S+) \\*\\)");

  /// The first call after this instant; empty when there is none any more.
  Optional<Instant> next(Instant after);

  /// Reads an expression.
  ///
  /// @param zone in which a `cron` is meant
  /// @throws IllegalArgumentException when it is neither
  static Schedule parse(String text, ZoneId zone) {
    Matcher rate = RATE.matcher(text);
    if (rate.matches()) {
      long count = Long.parseLong(rate.group(1));
      return new Rate(
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          });
    }
    Matcher cron = CRON.matcher(text);
    if (cron.matches()) {
      String expression = "0 " + cron.group(1) + " " + namedDays(cron.group(2));
      return new Cron(CronExpression.create(expression), zone);
    }
    throw new IllegalArgumentException("neither rate(…) nor cron(… *): " + text);
  }

  /// AWS counts days of the week from Sunday, 1; names mean the same everywhere.
  private static String namedDays(String field) {
    List<String> days = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    Matcher numbers = Pattern.compile("(?<!#)[1-7]").matcher(field);
    return numbers.replaceAll(number -> days.get(Integer.parseInt(number.group()) - 1));
  }

  /// A fixed distance.
  record Rate(Duration every) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.of(after.plus(every));
    }
  }

  /// A calendar rule.
  record Cron(CronExpression expression, ZoneId zone) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.of(expression.nextTimeAfter(after.atZone(zone)).toInstant());
    }
  }
}
