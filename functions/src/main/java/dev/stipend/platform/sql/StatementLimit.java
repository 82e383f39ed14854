package dev.stipend.platform.sql;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Limits what statements may take, until the caller's transaction ends. That works through a
/// pooler, too.
@Singleton
public class StatementLimit {
  /// A statement that has so little time is not worth less.
  private static final Duration LEAST = Duration.ofSeconds(1);

  /// Whoever waits for an exclusive lock keeps everybody behind him waiting.
  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

  /// Half of what PostgreSQL may take for hashing.
  private static final String MEMORY_OF_SUMS = "32MB";

  private final JdbcOperations jdbc;

  StatementLimit(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Each statement may take what is left; the database ends those that take longer.
  public void set(Duration left) {
    set("statement_timeout", left.compareTo(LEAST) < 0 ? LEAST : left);
  }

  /// Waits for no lock longer than a moment.
  public void setLockWait() {
    set("lock_timeout", LOCK_WAIT);
  }

  /// Relations are joined by hashing, where their conditions allow it. For statements over parts
  /// whose size the planner cannot know.
  public void avoidNestedLoops() {
    set("enable_nestloop", "off");
  }

  /// Sums over many rows are made in memory: sorting a million of them on disk first takes twice as
  /// long.
  public void sumInMemory() {
    set("work_mem", MEMORY_OF_SUMS);
  }

  private void set(String setting, Duration most) {
    set(setting, Long.toString(most.toMillis()));
  }

  private void set(String setting, String value) {
    jdbc.prepareStatement(
        "SELECT set_config(?, ?, TRUE)",
        statement -> {
          Statements.bind(statement, setting, value);
          return statement.execute();
        });
  }
}
