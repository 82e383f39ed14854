package dev.stipend.platform.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names that somebody may have meant who gave another one.
public final class NearNames {
  private static final int MOST = 5;

  /// Comparing takes the product of the lengths; nobody means a name by a longer text.
  private static final int LONGEST = 200;

  private NearNames() {}

  /// The names that are nearest to a text, as the end of a message; empty if there are none.
  public static String hint(String text, Collection<String> names) {
    String wanted = plain(text);
    String nearest =
        names.stream()
            .sorted(
                Comparator.comparingInt((String name) -> distance(wanted, plain(name)))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST)
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", "));
    return nearest.isEmpty()
        ? "; it has none"
        : (names.size() > MOST ? "; the closest names are " : "; existing names are ") + nearest;
  }

  private static String plain(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(lower.length(), LONGEST));
  }

  /// How many characters have to be added, taken away or changed to make one text of the other.
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(before[j - 1] + change, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[other.length()];
  }
}
