package dev.stipend.migration.prisma;

import java.util.Optional;

/// A row of `_prisma_migrations`: one try to apply a migration, or somebody's word that it is
/// applied.
///
/// @param checksum SHA-256 of the file as it was, in hexadecimal digits
/// @param started ISO 8601 in UTC, as the other times
/// @param milliseconds how long it took; empty if it has not finished
record PrismaRow(
    String id,
    String name,
    String checksum,
    String started,
    Optional<String> finished,
    Optional<String> rolledBack,
    Optional<String> logs,
    Optional<Integer> milliseconds) {
  boolean isApplied() {
    return finished.isPresent() && rolledBack.isEmpty();
  }

  boolean isFailed() {
    return finished.isEmpty() && rolledBack.isEmpty();
  }

  String state() {
    if (rolledBack.isPresent()) {
      return "rolled back";
    }
    return isFailed() ? "failed" : "success";
  }
}
