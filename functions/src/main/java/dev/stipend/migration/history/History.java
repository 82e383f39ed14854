package dev.stipend.migration.history;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/// The table in which it is kept what has run: Flyway's, or the one of the tool whose migrations
/// these are.
public interface History {
  /// Makes the table, unless it is there.
  void create() throws SQLException;

  /// The version of the newest migration that is in; empty if there is none.
  Optional<String> version() throws SQLException;

  /// Writes that a migration is in, without running it.
  void insert(MigrationInfo migration) throws SQLException;

  /// Forgets a version; within the transaction that undoes it.
  void delete(String version) throws SQLException;

  /// Lets a failed migration be pending again.
  ///
  /// @param script its file
  void deleteFailed(String script) throws SQLException;

  /// Forgets the migrations without a version, so that they run again.
  void deleteRepeatable() throws SQLException;

  /// The checksum of a migration when it ran, and the one of its file; empty if there is none.
  Optional<Checksums> checksums(MigrationInfo migration);

  /// Takes the checksum of a file for the one that ran.
  void acceptChecksum(MigrationInfo migration) throws SQLException;

  /// The lines of the history, what is pending included.
  List<dev.stipend.migration.report.MigrationReport.HistoryLine> lines(HistoryState standing)
      throws SQLException;

  /// Two checksums, as people see them.
  record Checksums(String applied, String file) {}
}
