package dev.stipend.platform;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes by this process's clock, unless it is ahead of the database's: what a sweep closes, expires
/// or tells ahead of time stays so, and one machine would close the present for all. For clocks
/// that both show the world's time.
public final class ComparedTime implements SweepTime {
  private static final Logger LOG = LoggerFactory.getLogger(ComparedTime.class);
  private static final Duration TOLERATED = Duration.ofMinutes(2);

  @Override
  public Instant of(Instant own, Instant database) {
    Duration ahead = Duration.between(database, own);
    if (ahead.compareTo(TOLERATED) <= 0) {
      return own;
    }
    LOG.error(
        "This machine's clock ({}) is {} ahead of the database's; the sweep uses the database's",
        own,
        ahead);
    return database;
  }
}
