package dev.stipend.notification.channel;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The readers who have left a channel, as its config lists them: addresses with commas between.
public final class Unsubscribed {
  public static final String FIELD = "unsubscribed";

  private static final String SEPARATOR = ", ";

  private Unsubscribed() {}

  /// Whether a reader has left.
  public static boolean isIn(Map<String, String> config, String address) {
    return addresses(config).contains(plain(address));
  }

  /// The list with one more.
  static String with(Map<String, String> config, String address) {
    Set<String> all = addresses(config);
    all.add(plain(address));
    return String.join(SEPARATOR, all);
  }

  /// Those of the list that are among some addresses; empty if none is.
  public static String among(Map<String, String> config, Set<String> some) {
    Set<String> left = addresses(config);
    left.removeIf(address -> some.stream().map(Unsubscribed::plain).noneMatch(address::equals));
    return String.join(SEPARATOR, left);
  }

  private static Set<String> addresses(Map<String, String> config) {
    Set<String> addresses = new LinkedHashSet<>();
    Arrays.stream(config.getOrDefault(FIELD, "").split(",", -1))
        .map(Unsubscribed::plain)
        .filter(address -> !address.isEmpty())
        .forEach(addresses::add);
    return addresses;
  }

  private static String plain(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
