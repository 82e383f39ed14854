package dev.stipend.lambda;

/// Texts for CloudFormation, which takes a response of at most 4,096 bytes. They leave room for the
/// rest of it even if every character has to be escaped.
final class ShortText {
  private static final int BYTES = 2_000;
  private static final int ESCAPED = 6;
  private static final int TWO_BYTES = 0x80;
  private static final String ELLIPSIS = " …";

  private ShortText() {}

  static String of(String text) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      bytes += isPlain(character) ? 1 : ESCAPED * Character.charCount(character);
      if (bytes > BYTES) {
        return text.substring(0, end) + ELLIPSIS;
      }
      end += Character.charCount(character);
    }
    return text;
  }

  /// Whether it is one byte of JSON.
  private static boolean isPlain(int character) {
    return character >= ' ' && character < TWO_BYTES && character != '"' && character != '\\';
  }
}
