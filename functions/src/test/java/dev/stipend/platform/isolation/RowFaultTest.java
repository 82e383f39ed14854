package dev.stipend.platform.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.exceptions.DataAccessException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of causes: what may be set aside, and what only has to be tried again.
final class RowFaultTest {
  /// A check, a number out of range, a value that is too long, an index row that is too large, a
  /// function that raises, a page that cannot be read.
  @ParameterizedTest
  @ValueSource(strings = {"23514", "22003", "22001", "54000", "P0001", "XX001"})
  void whatTheDatabaseRefusesIsTheRowsFault(String state) {
    assertThat(RowFault.is(refused(state))).isTrue();
  }

  @Test
  void whatOurOwnCodeCannotReadIsTheRowsFault() {
    assertThat(RowFault.is(new DateTimeException("Unknown time-zone ID: Mars/Base"))).isTrue();
    assertThat(RowFault.is(new IllegalArgumentException("this release knows no Scope team")))
        .isTrue();
    assertThat(RowFault.is(new WorkFailedException(List.of(), new ArithmeticException()))).isTrue();
  }

  /// Deadlock, serialization, a lock that was not got in time.
  @ParameterizedTest
  @ValueSource(strings = {"40P01", "40001", "55P03"})
  void contentionIsNot(String state) {
    assertThat(RowFault.is(refused(state))).isFalse();
  }

  /// No connection, no room, too slow, shutting down, read-only, a transaction that was aborted.
  @ParameterizedTest
  @ValueSource(strings = {"08006", "53300", "57014", "57P01", "25006", "25P02"})
  void anOutageIsNot(String state) {
    assertThat(RowFault.is(refused(state))).isFalse();
    assertThat(RowFault.is(new WorkFailedException(List.of(), refused(state)))).isFalse();
  }

  @Test
  void aPoolWithoutConnectionsIsNot() {
    assertThat(RowFault.is(new DataAccessException("none", new SQLException("no connection"))))
        .isFalse();
  }

  /// An unknown table, an unknown column, no privilege, no such schema, not supported.
  @ParameterizedTest
  @ValueSource(strings = {"42P01", "42703", "42501", "3F000", "0A000"})
  void aStatementThatFailsForAnyRowIsNot(String state) {
    assertThat(RowFault.is(refused(state))).isFalse();
  }

  private static DataAccessException refused(String state) {
    return new DataAccessException("refused", new SQLException("refused", state));
  }
}
