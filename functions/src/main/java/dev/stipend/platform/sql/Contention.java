package dev.stipend.platform.sql;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// How long a request waits for others, and that it tries again.
public final class Contention {
  /// Seconds that a request waits for a statement.
  public static final int STATEMENT_SECONDS = 3;

  /// Seconds after which a request that was turned away because of others may come again.
  public static final int COME_AGAIN_SECONDS = 2;

  /// An expression that bounds how long this transaction waits for each lock, where its session has
  /// no bound yet. It is for the first statement of a transaction that may wait: it costs no round
  /// trip, and works where a pooler shares sessions between transactions. What a session was told
  /// when it began, or its role is given, stays.
  public static final String BOUNDED =
      """
      CASE current_setting('lock_timeout')
        WHEN '0' THEN set_config('lock_timeout', '2s', TRUE)
        ELSE current_setting('lock_timeout') END\
      """;

  private static final Set<String> LOCKED = Set.of("55P03", "40P01", "40001");

  /// So that who is refused at once does not keep the database busy.
  private static final Duration PAUSE = Duration.ofMillis(10);

  private static final Duration AGAIN_WITHIN = Duration.ofSeconds(2);

  private Contention() {}

  /// Runs a transaction, and again while it is ended at once because of somebody's lock, as in a
  /// deadlock. Who has waited as long as one may wait for a lock is not kept waiting any longer.
  ///
  /// @param transaction does all of its work in one transaction of its own
  public static <T> T retried(Supplier<T> transaction) {
    return retried(AGAIN_WITHIN, transaction);
  }

  /// Runs a transaction, and again while others hold what it needs.
  ///
  /// @param within the last attempt begins within this time
  /// @param transaction does all of its work in one transaction of its own
  public static <T> T retried(Duration within, Supplier<T> transaction) {
    long start = System.nanoTime();
    while (true) {
      try {
        return transaction.get();
      } catch (RuntimeException failure) {
        if (!isLock(failure) || System.nanoTime() - start > within.toNanos()) {
          throw failure;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /// Whether it was somebody's lock, of which the next attempt may be free.
  private static boolean isLock(Throwable failure) {
    return FailureCause.state(failure).filter(LOCKED::contains).isPresent();
  }
}
