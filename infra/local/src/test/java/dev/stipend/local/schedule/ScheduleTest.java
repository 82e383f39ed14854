package dev.stipend.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  /// 2026-11-21 is a Saturday.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rate(5 minutes)         | UTC           | 2026-11-21T10:00:00Z | 2026-11-21T10:05:00Z
          rate(1 hour)            | UTC           | 2026-11-21T10:00:00Z | 2026-11-21T11:00:00Z
          rate(2 days)            | UTC           | 2026-11-21T10:00:00Z | 2026-11-23T10:00:00Z
          cron(23 2 * * ? *)      | UTC           | 2026-11-21T02:22:59Z | 2026-11-21T02:23:00Z
          cron(23 2 * * ? *)      | UTC           | 2026-11-21T02:23:00Z | 2026-11-22T02:23:00Z
          cron(0 9 * * ? *)       | Asia/Kolkata  | 2026-11-21T00:00:00Z | 2026-11-21T03:30:00Z
          cron(0/15 * * * ? *)    | UTC           | 2026-11-21T10:01:00Z | 2026-11-21T10:15:00Z
          cron(0 8 ? * MON-FRI *) | UTC           | 2026-11-21T10:00:00Z | 2026-11-23T08:00:00Z
          cron(0 8 ? * 2-6 *)     | UTC           | 2026-11-21T10:00:00Z | 2026-11-23T08:00:00Z
          cron(0 8 ? * 1 *)       | UTC           | 2026-11-21T10:00:00Z | 2026-11-22T08:00:00Z
          cron(0 0 1 * ? *)       | UTC           | 2026-11-21T10:00:00Z | 2026-12-01T00:00:00Z
          """)
  void theNextCallFollowsFromTheExpression(
      String expression, ZoneId zone, Instant after, Instant next) {
    assertThat(Schedule.parse(expression, zone).next(after)).contains(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "every 5 minutes", "rate(5 seconds)", "cron(0 8 * *)"})
  void anythingElseIsRefused(String expression) {
    assertThatThrownBy(() -> Schedule.parse(expression, ZoneId.of("UTC")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
