package dev.stipend.support;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock of every test context: it moves when a test moves it.
@Primary
@Replaces(InstantSource.class)
@Singleton
public class SettableClock implements InstantSource {
  /// Where every test starts: a Monday in the middle of a month.
  public static final Instant START = Instant.parse("2026-06-15T12:00:00Z");

  private volatile Instant now = START;

  @Override
  public Instant instant() {
    return now;
  }

  public void set(Instant instant) {
    now = instant;
  }

  public void tick(Duration duration) {
    now = now.plus(duration);
  }
}
