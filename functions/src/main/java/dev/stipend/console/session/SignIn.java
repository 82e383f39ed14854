package dev.stipend.console.session;

import dev.stipend.tenant.ApiKeys;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// Signs people in who have a key.
@Singleton
public class SignIn {
  private static final int LONGEST_KEY = 256;

  private final SignInAttempts attempts;
  private final ApiKeys keys;
  private final Sessions sessions;

  SignIn(SignInAttempts attempts, ApiKeys keys, Sessions sessions) {
    this.attempts = attempts;
    this.keys = keys;
    this.sessions = sessions;
  }

  /// What came of it.
  public sealed interface Outcome {
    /// A session is open.
    record SignedIn(Sessions.Opened opened) implements Outcome {}

    /// Nobody has this key, or it is revoked.
    record WrongKey() implements Outcome {}

    /// There were too many attempts.
    ///
    /// @param until when the next one is taken
    record TooMany(Instant until) implements Outcome {}
  }

  /// Signs in. Whoever has tried too often learns nothing about the key.
  public Outcome with(String key, String subscriber, Instant now) {
    Optional<Instant> until = attempts.add(subscriber, key, now);
    if (until.isPresent()) {
      return new Outcome.TooMany(until.get());
    }
    return Optional.of(key)
        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_KEY)
        .flatMap(text -> keys.authenticate(text, now))
        .<Outcome>map(caller -> new Outcome.SignedIn(sessions.open(caller, now)))
        .orElseGet(Outcome.WrongKey::new);
  }
}
