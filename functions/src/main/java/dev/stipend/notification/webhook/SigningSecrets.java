package dev.stipend.notification.webhook;

import dev.stipend.platform.secrets.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The secrets that a receiver knows requests by: one, or two while they are exchanged.
///
/// @param keys the secrets' bytes
record SigningSecrets(List<byte[]> keys) {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int MOST_KEYS = 2;

  /// Reads `whsec_…` once or twice, with space or a comma between; empty if it is no such text.
  static Optional<SigningSecrets> parse(String text) {
    List<byte[]> keys = new ArrayList<>();
    for (String part : text.strip().split("[\\s,]+", MOST_KEYS + 1)) {
      Optional<byte[]> key = key(part);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      keys.add(key.get());
    }
    return keys.size() > MOST_KEYS ? Optional.empty() : Optional.of(new SigningSecrets(keys));
  }

  /// The header `webhook-signature`.
  String sign(String id, Instant attemptedAt, byte[] body) {
    byte[] start =
        "%s.%d.".formatted(id, attemptedAt.getEpochSecond()).getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(Hmac.sha256(key, start, body)))
        .collect(Collectors.joining(" "));
  }

  private static Optional<byte[]> key(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return Optional.of(key)
          .filter(bytes -> bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES);
    } catch (IllegalArgumentException itsMessageHoldsTheSecret) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
