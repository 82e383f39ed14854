package dev.stipend.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/// Callers that this process has recognised lately, for when the database does not answer: then a
/// budget that is open on failure must let their work pass. While it answers, nobody asks here, so
/// that a revocation holds at once.
@Singleton
class KnownCallers {
  private static final int MOST = 1000;
  private static final HexFormat HEX = HexFormat.of();
  private static final Duration TRUSTED = Duration.ofMinutes(15);

  private record Known(Caller caller, Instant at) {}

  private final Cache<String, Known> byHash = Caffeine.newBuilder().maximumSize(MOST).build();

  /// Remembers whom a key belongs to.
  void remember(byte[] hash, Caller caller, Instant now) {
    byHash.put(HEX.formatHex(hash), new Known(caller, now));
  }

  /// Forgets a key that is not valid any more.
  void forget(byte[] hash) {
    byHash.invalidate(HEX.formatHex(hash));
  }

  /// Whom a key belonged to when it was last seen, not long ago.
  Optional<Caller> find(byte[] hash, Instant now) {
    return Optional.ofNullable(byHash.getIfPresent(HEX.formatHex(hash)))
        .filter(known -> now.isBefore(known.at().plus(TRUSTED)))
        .map(Known::caller);
  }
}
