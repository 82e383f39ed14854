package dev.stipend.workspace;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Callers that this process has recognised lately, for when the database does not answer: then a
/// budget that is open on failure must let their work pass. While it answers, nobody asks here, so
/// that a revocation holds at once.
@Singleton
public class KnownCallers {
  private static final int MOST = 1000;
  private static final Duration TRUSTED = Duration.ofMinutes(15);

  private record Known(Caller caller, Instant at) {}

  private final Map<String, Known> byHash =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  /// Remembers whom a key belongs to.
  public void remember(String key, Caller caller, Instant now) {
    String hash = KeyText.hashText(key);
    synchronized (byHash) {
      byHash.put(hash, new Known(caller, now));
    }
  }

  /// Forgets a key that is not valid any more.
  public void forget(String key) {
    String hash = KeyText.hashText(key);
    synchronized (byHash) {
      byHash.remove(hash);
    }
  }

  /// Whom a key belonged to when it was last seen, not long ago.
  public Optional<Caller> find(String key, Instant now) {
    String hash = KeyText.hashText(key);
    synchronized (byHash) {
      return Optional.ofNullable(byHash.get(hash))
          .filter(known -> now.isBefore(known.at().plus(TRUSTED)))
          .map(Known::caller);
    }
  }
}
