package dev.stipend.tenant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
