package dev.stipend.platform.json;

/// Text from outside as it may stand in messages and logs: bounded, and without control characters
/// that could pass for another line of a log.
public final class PrintableText {
  private static final int REPLACEMENT = 0xFFFD;

  /// Letters and marks that are drawn as nothing: joiners, fillers, the blank of Braille, and the
  /// usual selectors of a variant.
  private static final String FILLERS =
      "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe0e\ufe0f\uffa0";

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

  /// Whether nothing of a text can be seen, whatever its length: blanks, control characters, and
  /// characters without a width. Such ids and names cannot be distinguished.
  public static boolean isInvisible(String text) {
    return text.codePoints().allMatch(PrintableText::isInvisible);
  }

  private static boolean isInvisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> FILLERS.indexOf(point) >= 0;
    };
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
