package dev.stipend.console.session;

import dev.stipend.platform.secrets.Hmac;

/// What sessions are signed with. It is not shown as text.
final class SessionSecret {
  private final byte[] key;

  SessionSecret(byte[] key) {
    this.key = key.clone();
  }

  byte[] sign(byte[]... parts) {
    return Hmac.sha256(key, parts);
  }
}
