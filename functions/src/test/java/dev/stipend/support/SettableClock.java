package dev.stipend.support;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock of every test context: it moves when a test moves it, or lets it run.
@Primary
@Replaces(InstantSource.class)
@Singleton
public class SettableClock implements InstantSource {
  /// Where every test starts: a Monday in the middle of a month.
  public static final Instant START = Instant.parse("2026-06-15T12:00:00Z");

  private volatile Instant now = START;
  private volatile Duration lead = Duration.ZERO;

  @Override
  public Instant instant() {
    return lead.isZero() ? now : Instant.now().plus(lead);
  }

  public void set(Instant instant) {
    lead = Duration.ZERO;
    now = instant;
  }

  /// Runs from now on as time does, until it is set.
  public void run() {
    lead = Duration.between(Instant.now(), instant());
  }

  public void tick(Duration duration) {
    now = now.plus(duration);
  }
}
