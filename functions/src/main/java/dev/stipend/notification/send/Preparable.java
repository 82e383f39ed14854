package dev.stipend.notification.send;

/// Makes what it needs when it is first used, because most starts never use it: a client of a
/// service takes a tenth of a second. Before a snapshot that is done ahead of time, so that nobody
/// waits for it after a restore.
public interface Preparable {
  /// Makes all that is not made yet, and calls nobody.
  void prepare();
}
