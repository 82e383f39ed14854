package dev.stipend.json;

/// Text from outside as it may stand in messages and logs: bounded, and without control characters
/// that could pass for another line of a log.
public final class PrintableText {
  private static final int REPLACEMENT = 0xFFFD;

  private PrintableText() {}

  /// The text up to `longest` characters, each control character replaced. What is left out is
  /// marked by an ellipsis.
  public static String of(String text, int longest) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(character -> Character.isISOControl(character) ? REPLACEMENT : character)
        .forEach(printable::appendCodePoint);
    return printable.length() < text.length()
        ? printable.append('…').toString()
        : printable.toString();
  }
}
