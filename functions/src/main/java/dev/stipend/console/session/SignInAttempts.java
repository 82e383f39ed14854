package dev.stipend.console.session;

import dev.stipend.platform.secrets.Sha256;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Counts who tries to sign in, over all processes. Neither an address nor a part of a key is kept,
/// only digests of them.
@Singleton
class SignInAttempts {
  static final Duration WINDOW = Duration.ofMinutes(15);

  /// An office shares one address.
  static final int MOST_OF_ADDRESS = 30;

  static final int MOST_OF_KEY = 10;

  private static final int KEY_BEGINNING = 10;

  private final JdbcOperations jdbc;

  SignInAttempts(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  private record Count(int attempts, Instant since) {}

  /// Counts an attempt.
  ///
  /// @param subscriber where it comes from
  /// @return when the next one is taken, where there were too many
  @Transactional
  Optional<Instant> add(String subscriber, String key, Instant now) {
    String beginning = key.substring(0, Math.min(KEY_BEGINNING, key.length()));
    byte[] address = Sha256.of("address " + subscriber);
    byte[] prefix = Sha256.of("key " + beginning);
    forget(now);
    return Stream.concat(
            over(count(address, now), MOST_OF_ADDRESS).stream(),
            over(count(prefix, now), MOST_OF_KEY).stream())
        .max(Instant::compareTo);
  }

  private static Optional<Instant> over(Count count, int most) {
    return Optional.of(count.since().plus(WINDOW)).filter(until -> count.attempts() > most);
  }

  /// Of two that try at once, both lock the address before the key.
  private Count count(byte[] bucket, Instant now) {
    Instant over = now.minus(WINDOW);
    return Sql.first(
            jdbc,
            """
            INSERT INTO stipend.sign_in_attempts AS attempt (bucket, since, attempts)
            VALUES (?, ?, 1)
            ON CONFLICT (bucket) DO UPDATE
            SET attempts = CASE WHEN attempt.since <= ? THEN 1 ELSE attempt.attempts + 1 END,
              since = CASE WHEN attempt.since <= ? THEN excluded.since ELSE attempt.since END
            RETURNING attempts, since
            """,
            row -> new Count(row.getInt("attempts"), Instants.read(row, "since")),
            bucket,
            now,
            over,
            over)
        .orElseThrow();
  }

  private void forget(Instant now) {
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.sign_in_attempts
        WHERE bucket IN (
          SELECT bucket
          FROM stipend.sign_in_attempts
          WHERE since <= ?
          LIMIT 100
          FOR UPDATE SKIP LOCKED)
        """,
        now.minus(WINDOW));
  }
}
