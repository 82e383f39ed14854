package dev.stipend.platform.secrets;

import java.util.Optional;

/// Port: settings and secrets, by the names of the environment's variables or by the ARNs of
/// secrets.
public interface Secrets {
  /// Whether the environment gives a value, or the place of one. Fetches nothing.
  boolean has(String name);

  /// The value, fetched from where it is kept if need be, without the blanks around it that come
  /// with copying. Nothing but blanks is no value.
  Optional<String> find(String name);
}
