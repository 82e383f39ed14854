package dev.stipend.ingest.ledger;

import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.ingest.price.UsageDetails;
import dev.stipend.money.Money;
import dev.stipend.platform.secrets.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The fingerprint of an event's content: two events with the same id are the same event exactly
/// when their digests are equal.
public final class EventDigest {
  private final byte[] sha256;

  private EventDigest(byte[] sha256) {
    this.sha256 = sha256;
  }

  /// Of an object only the usage counts: whoever asks for it, whenever.
  public static EventDigest of(UsageEvent event) {
    return event.origin().object() ? ofObject(event) : ofContent(event);
  }

  /// As of a report about an object that has used the same.
  static EventDigest ofObject(UsageEvent event) {
    return usage("object", event);
  }

  /// As of the call that made an object.
  static EventDigest ofCall(UsageEvent event) {
    return usage("call", event);
  }

  private static EventDigest usage(String what, UsageEvent event) {
    StringBuilder text = new StringBuilder(256);
    append(text, what);
    append(text, event.kind().toString());
    append(text, event.tokens());
    append(text, event.cost().map(Money::toString).orElse(""));
    return sha256(text.toString());
  }

  /// Whether this is what an event is known by.
  public boolean isOf(UsageEvent event) {
    return equals(of(event)) || (event.origin().object() && equals(ofCall(event)));
  }

  private static EventDigest ofContent(UsageEvent event) {
    Attribution who = event.attribution();
    StringBuilder text = new StringBuilder(256);
    append(text, event.occurredAt().toString());
    append(text, event.kind().toString());
    append(text, event.corrects().orElse(""));
    append(text, who.userId());
    append(text, who.agentId());
    append(text, who.workflowId());
    append(text, who.teamId());
    append(text, who.provider());
    append(text, who.model());
    append(text, event.tokens());
    append(text, event.cost().map(Money::toString).orElse(""));
    if (!event.tags().isEmpty()) {
      new TreeMap<>(event.tags())
          .forEach(
              (key, value) -> {
                append(text, key);
                append(text, value);
              });
    }
    return sha256(text.toString());
  }

  static EventDigest stored(byte[] sha256) {
    return new EventDigest(sha256);
  }

  /// The bytes to store; nobody else changes them.
  byte[] bytes() {
    return sha256;
  }

  /// The rarer kinds are one part of their own, and only where there are any: events without them
  /// keep the digests that they had before there were these kinds.
  private static void append(StringBuilder text, TokenUsage tokens) {
    append(text, Long.toString(tokens.input()));
    append(text, Long.toString(tokens.cachedInput()));
    append(text, Long.toString(tokens.output()));
    if ((tokens.cacheWrite() | tokens.audioInput() | tokens.reasoning() | tokens.audioOutput())
        != 0) {
      append(
          text,
          "%d,%d,%d,%d"
              .formatted(
                  tokens.cacheWrite(),
                  tokens.audioInput(),
                  tokens.reasoning(),
                  tokens.audioOutput()));
    }
    UsageDetails details = tokens.details();
    if (!details.equals(UsageDetails.NONE)) {
      append(
          text,
          "%d,%s,%d,%s,%d,%s"
              .formatted(
                  details.cacheWrite1h(),
                  details.cachedAudioInput(),
                  details.imageInput(),
                  details.cachedImageInput(),
                  details.imageOutput(),
                  details.serviceTier()));
    }
  }

  /// Parts stand with their lengths, so that no text, whatever it holds, can pass for two parts.
  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }

  private static EventDigest sha256(String text) {
    return new EventDigest(Sha256.of(text));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventDigest digest && Arrays.equals(sha256, digest.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(sha256);
  }
}
