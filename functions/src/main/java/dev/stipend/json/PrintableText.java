package dev.stipend.json;

/// Text from outside as it may stand in messages and logs: bounded, and without control characters
/// that could pass for another line of a log.
public final class PrintableText {
  private static final int REPLACEMENT = 0xFFFD;

  private PrintableText() {}

  /// The text up to `longest` characters, each control character and each half of a character
  /// replaced. What is left out is marked by an ellipsis.
  public static String of(String text, int longest) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(point -> Character.isISOControl(point) || isHalf(point) ? REPLACEMENT : point)
        .forEach(printable::appendCodePoint);
    return printable.length() < text.length()
        ? printable.append('…').toString()
        : printable.toString();
  }

  /// Whether a text holds half of a surrogate pair, which is no character and has no form in UTF-8:
  /// a database would refuse it or replace it, and two ids would become the same.
  public static boolean hasHalfCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().anyMatch(PrintableText::isHalf);
      }
    }
    return false;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
