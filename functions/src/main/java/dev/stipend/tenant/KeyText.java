package dev.stipend.tenant;

import dev.stipend.platform.secrets.Sha256;

/// What is kept of a key's text.
final class KeyText {
  private static final int SHOWN_PREFIX = 10;

  private KeyText() {}

  /// How the key begins: enough to recognise it, never more than a quarter of it.
  static String prefix(String key) {
    return key.substring(0, Math.min(SHOWN_PREFIX, key.length() / 4));
  }

  /// Its SHA-256. Keys are random, so that nothing slower is needed.
  static byte[] hash(String key) {
    return Sha256.of(key);
  }
}
