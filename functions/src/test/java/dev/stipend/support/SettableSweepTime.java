package dev.stipend.support;

import dev.stipend.platform.ComparedTime;
import dev.stipend.platform.SweepTime;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;

/// Tests' clocks are far from the database's, and are compared with it only where a test asks for
/// that with the setting `compare.clocks`.
@Singleton
@Replaces(SweepTime.class)
public class SettableSweepTime implements SweepTime {
  private final boolean isCompared;

  SettableSweepTime(@Value("${compare.clocks:false}") boolean isCompared) {
    this.isCompared = isCompared;
  }

  @Override
  public Instant of(Instant own, Instant database) {
    return isCompared ? new ComparedTime().of(own, database) : own;
  }
}
