package dev.stipend.platform.web;

import java.util.Optional;

/// The place from which a page goes on in a list whose places are whole numbers.
public enum PlaceCursor {
  /// Among the groups of a spend query: how many are before it.
  GROUPS("groups/"),
  /// Among the versions of a budget, newest first: the last one before it.
  VERSIONS("versions/");

  private final String prefix;

  PlaceCursor(String prefix) {
    this.prefix = prefix;
  }

  public Optional<Integer> parse(Optional<String> text) {
    return text.map(sent -> Cursor.parse(sent, this::number));
  }

  public String at(int place) {
    return Cursor.text(prefix + place);
  }

  private int number(String place) {
    if (!place.matches(prefix + "\\d{1,9}")) {
      throw new IllegalArgumentException(place);
    }
    return Integer.parseInt(place.substring(prefix.length()));
  }
}
