package dev.stipend.platform.wording;

import java.text.Bidi;
import java.util.regex.Pattern;

/// Text from outside, such as a budget's name or a provider's answer, made fit for one line of a
/// message.
public final class OneLine {
  private static final String CUT = "…";
  private static final String FIRST_STRONG_ISOLATE = "\u2068";
  private static final String POP_ISOLATE = "\u2069";

  /// Line ends, other control characters, and marks that reverse or hide the text around them.
  private static final Pattern BREAKING =
      Pattern.compile(
          "[\\p{Cc}\\u2028\\u2029\\u061C\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF]");

  private static final Pattern SPACES = Pattern.compile(" {2,}");

  private OneLine() {}

  /// The text without line ends and control characters, each run of spaces as one.
  public static String of(String text) {
    return SPACES.matcher(BREAKING.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
  }

  /// The text so that it does not turn around what is written beside it: one with letters that go
  /// from right to left is kept apart.
  public static String isolate(String text) {
    char[] characters = text.toCharArray();
    return Bidi.requiresBidi(characters, 0, characters.length)
        ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE
        : text;
  }

  /// The text if it has at most `most` UTF-16 units, else its beginning and an ellipsis. Cuts no
  /// character in two.
  public static String shorten(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - CUT.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
