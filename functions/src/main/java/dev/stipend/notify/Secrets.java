package dev.stipend.notify;

import java.util.Optional;

/// Port: settings and secrets of the environment, by the names of its variables.
public interface Secrets {
  /// Whether the environment gives a value, or the place of one. Fetches nothing.
  boolean has(String name);

  /// The value, fetched from where it is kept if need be.
  Optional<String> find(String name);
}
