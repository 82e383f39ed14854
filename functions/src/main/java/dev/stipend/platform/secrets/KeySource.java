package dev.stipend.platform.secrets;

/// Port: new API keys.
public interface KeySource {
  /// A key that nobody can guess: 256 random bits as text, with a beginning by which people and
  /// scanners for leaked secrets recognise it.
  String next();
}
