package dev.stipend.http.slack;

import dev.stipend.platform.secrets.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The signature of a request from Slack, version 0: over the bytes of its body as they came, and
/// its time.
final class SlackSignature {
  static final String HEADER = "X-Slack-Signature";
  static final String TIME_HEADER = "X-Slack-Request-Timestamp";

  /// How far the time of a request may be from ours, in both directions.
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
  private static final Pattern FORM = Pattern.compile("v0=[0-9a-f]{64}");

  private SlackSignature() {}

  /// The signature's bytes, if it is valid now.
  ///
  /// @param time the header with the time; empty where there is none
  /// @param signature the header with the signature; empty where there is none
  static Optional<byte[]> verify(
      String secret, String time, String signature, byte[] body, Instant now) {
    if (!SECONDS.matcher(time).matches() || !FORM.matcher(signature).matches()) {
      return Optional.empty();
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
    byte[] sent = HexFormat.of().parseHex(signature, 3, signature.length());
    // In constant time: how much of a guess is right is not to be learnt.
    return MessageDigest.isEqual(sign(secret, time, body), sent)
            && age.abs().compareTo(TOLERANCE) <= 0
        ? Optional.of(sent)
        : Optional.empty();
  }

  /// Signs a body.
  static byte[] sign(String secret, String time, byte[] body) {
    return Hmac.sha256(
        secret.getBytes(StandardCharsets.UTF_8),
        ("v0:" + time + ":").getBytes(StandardCharsets.UTF_8),
        body);
  }
}
