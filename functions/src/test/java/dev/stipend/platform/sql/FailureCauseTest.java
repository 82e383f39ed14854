package dev.stipend.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which SQLSTATE means what: whoever adds one says here what the caller is to do.
final class FailureCauseTest {
  @ParameterizedTest(name = "{0} {2} is {1}")
  @CsvSource(
      textBlock =
          """
          55P03, CONTENTION, waited for a lock
          57014, CONTENTION, took too long
          40001, CONTENTION, not serializable
          40P01, CONTENTION, deadlock
          53300, CONTENTION, too many connections
          25P03, CONTENTION, idle in a transaction
          25P04, CONTENTION, transaction took too long
          08001, OUTAGE, cannot connect
          08003, OUTAGE, connection closed
          08006, OUTAGE, connection broken
          08P01, OUTAGE, protocol violated
          28000, OUTAGE, not let in
          28P01, OUTAGE, wrong password
          3D000, OUTAGE, no such database
          53100, OUTAGE, disk full
          53200, OUTAGE, out of memory
          57P01, OUTAGE, shut down by an administrator
          57P02, OUTAGE, shut down by a crash
          57P03, OUTAGE, starting up
          58030, OUTAGE, input or output failed
          25006, OUTAGE, only reads
          21000, REFUSAL, more rows than one
          22001, REFUSAL, text too long
          22003, REFUSAL, number out of range
          22P05, REFUSAL, no such character
          23502, REFUSAL, must not be null
          23505, REFUSAL, not unique
          23514, REFUSAL, check violated
          54000, REFUSAL, row of an index too large
          P0001, REFUSAL, raised by a function
          STP01, REFUSAL, raised by Stipend
          25P02, DEFECT, transaction failed before
          42501, DEFECT, not permitted
          42601, DEFECT, syntax error
          42P01, DEFECT, no such table
          0A000, DEFECT, not supported
          XX000, DEFECT, internal error
          """)
  void aStateHasOneCause(String state, FailureCause cause, String meaning) {
    Throwable failure = new IllegalStateException(new SQLException(meaning, state));

    assertThat(FailureCause.of(failure)).isEqualTo(cause);
  }

  @Test
  void aPoolThatIsUsedUpIsContentionAndOneThatCannotConnectIsWhatKeepsIt() {
    assertThat(FailureCause.of(new SQLTransientConnectionException("timed out after 5000ms")))
        .isEqualTo(FailureCause.CONTENTION);
    assertThat(FailureCause.of(pool(new SQLException("refused", "08001"))))
        .isEqualTo(FailureCause.OUTAGE);
    assertThat(FailureCause.of(pool(new SQLException("too many clients", "53300"))))
        .isEqualTo(FailureCause.CONTENTION);
    assertThat(FailureCause.of(pool(new IllegalStateException("DATABASE_URL is not set"))))
        .isEqualTo(FailureCause.OUTAGE);
  }

  @Test
  void whatDoesNotComeFromTheDatabaseIsADefect() {
    assertThat(FailureCause.of(new IllegalStateException("no"))).isEqualTo(FailureCause.DEFECT);
    assertThat(FailureCause.of(new ContentionException("again and again")))
        .isEqualTo(FailureCause.CONTENTION);
  }

  /// As the pool reports why it has no connection.
  private static Throwable pool(Exception reason) {
    String state = reason instanceof SQLException sql ? sql.getSQLState() : null;
    return new IllegalStateException(
        new SQLTransientConnectionException("timed out after 5000ms", state, 0, reason));
  }
}
