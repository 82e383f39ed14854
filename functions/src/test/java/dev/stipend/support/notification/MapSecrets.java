package dev.stipend.support.notification;

import dev.stipend.platform.secrets.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Secrets that a test sets.
public final class MapSecrets implements Secrets {
  private final Map<String, String> values = new HashMap<>();

  public MapSecrets with(String name, String value) {
    values.put(name, value);
    return this;
  }

  public MapSecrets without(String name) {
    values.remove(name);
    return this;
  }

  @Override
  public boolean has(String name) {
    return values.containsKey(name);
  }

  @Override
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
