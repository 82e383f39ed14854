package dev.stipend.platform.sql;

/// Port: where the database is, as the environment says now. Secrets may rotate, so nobody keeps an
/// answer longer than it takes to connect.
public interface DatabaseAddress {
  /// For migrations: a real session, not shared by a pooler.
  ///
  /// @throws IllegalStateException if the environment does not say, naming the variable
  DatabaseUrl direct();

  /// For everything else; a pooler between is fine.
  ///
  /// @throws IllegalStateException if the environment does not say, naming the variable
  DatabaseUrl pooled();

  /// Whether {@link #pooled} goes through a pooler, whose sessions are not one's own.
  boolean isPooled();

  /// Says that a password was refused: what is remembered of secrets is read again next time.
  void forget();
}
