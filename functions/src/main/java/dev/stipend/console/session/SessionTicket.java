package dev.stipend.console.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// What the cookie of a session says: which session of which key, until when.
///
/// @param workspace the workspace of the key
record SessionTicket(UUID session, UUID workspace, UUID key, Instant expiresAt) {
  private static final byte[] PURPOSE = "stipend-session-1".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TOKEN = "stipend-form-1".getBytes(StandardCharsets.UTF_8);
  private static final int CONTENT_BYTES = 3 * 2 * Long.BYTES + Long.BYTES;
  private static final int MAC_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();

  /// A ticket with the signature that it came with.
  ///
  /// @param mac in hexadecimal digits
  record Signed(SessionTicket ticket, String mac) {
    /// Whether it was issued with this secret.
    boolean isBy(SessionSecret secret) {
      return MessageDigest.isEqual(HEX.parseHex(mac), ticket.mac(secret));
    }
  }

  /// Reads the text of a cookie; empty if it has not the form of one. Who issued it, the secret
  /// tells.
  static Optional<Signed> read(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (bytes.length != CONTENT_BYTES + MAC_BYTES) {
        return Optional.empty();
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      SessionTicket ticket =
          new SessionTicket(
              id(buffer), id(buffer), id(buffer), Instant.ofEpochSecond(buffer.getLong()));
      return Optional.of(new Signed(ticket, HEX.formatHex(bytes, CONTENT_BYTES, bytes.length)));
    } catch (IllegalArgumentException | DateTimeException noTicket) {
      return Optional.empty();
    }
  }

  private static UUID id(ByteBuffer buffer) {
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /// The text for a cookie.
  String signed(SessionSecret secret) {
    ByteBuffer bytes = ByteBuffer.allocate(CONTENT_BYTES + MAC_BYTES);
    bytes.put(content()).put(mac(secret));
    return text(bytes.array());
  }

  /// What forms of this session carry.
  String token(SessionSecret secret) {
    return text(secret.sign(TOKEN, content()));
  }

  private byte[] mac(SessionSecret secret) {
    return secret.sign(PURPOSE, content());
  }

  private byte[] content() {
    ByteBuffer bytes = ByteBuffer.allocate(CONTENT_BYTES);
    for (UUID id : new UUID[] {session, workspace, key}) {
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return bytes.putLong(expiresAt.getEpochSecond()).array();
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
