package dev.stipend.console.session;

import dev.stipend.platform.web.SentFrom;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The key by which whoever is at this machine is signed in, where a deployment runs on one machine
/// for its owner. On AWS there is none: no parameter of the template sets it.
@Singleton
public class LocalKey {
  private final Optional<String> key;

  /// @param key as it is in the API's header
  LocalKey(@Nullable @Value("${console.local.key:}") String key) {
    this.key = Optional.ofNullable(key).filter(text -> !text.isEmpty());
  }

  boolean isSet() {
    return key.isPresent();
  }

  /// The key for a request; empty where it did not come from this machine, to a name of this
  /// machine, or where a page of another origin sent it.
  Optional<String> of(SentFrom from) {
    return key.filter(set -> from.isLocal() && !from.isForeign());
  }

  /// The key for what somebody at this machine copies from a page; empty for others.
  public Optional<String> of(Session session) {
    return key.filter(set -> session.isLocal());
  }
}
