package dev.stipend.spend;

import dev.stipend.money.Money;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// The fingerprint of an event's content: two events with the same id are the same event exactly
/// when their digests are equal.
final class EventDigest {
  private EventDigest() {}

  static String of(UsageEvent event) {
    Attribution who = event.attribution();
    List<Object> content =
        List.of(
            event.occurredAt(),
            event.kind(),
            event.corrects().orElse(""),
            who.userId(),
            who.agentId(),
            who.workflowId(),
            who.teamId(),
            who.provider(),
            who.model(),
            event.tokens().input(),
            event.tokens().cachedInput(),
            event.tokens().output(),
            event.cost().map(Money::toString).orElse(""));
    StringBuilder text = new StringBuilder(256);
    content.forEach(part -> append(text, part.toString()));
    new TreeMap<>(event.tags())
        .forEach(
            (key, value) -> {
              append(text, key);
              append(text, value);
            });
    return sha256(text.toString());
  }

  /// Parts stand with their lengths, so that no text, whatever it holds, can pass for two parts.
  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
