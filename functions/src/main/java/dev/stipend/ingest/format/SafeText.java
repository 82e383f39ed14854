package dev.stipend.ingest.format;

import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.secrets.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Texts of other forms, made to fit what an event may hold: 1 to 200 characters, none of them a
/// control character. A text that fits stays as it is; the same text always becomes the same.
final class SafeText {
  private static final int LONGEST = 200;
  private static final int KEPT = 90;
  private static final int MARK = 16;
  private static final int MOST_BYTES = 400;

  private SafeText() {}

  /// A name: its beginning, and a fingerprint of the whole by which it differs from others that
  /// begin alike.
  static String name(String text) {
    return fits(text) ? text : shortened(text);
  }

  /// A name of at most 400 bytes in UTF-8.
  static String shortName(String text) {
    return bytes(text) > MOST_BYTES ? shortened(text) : text;
  }

  private static String shortened(String text) {
    return PrintableText.of(text, KEPT) + "~" + fingerprint(text).substring(0, MARK);
  }

  /// The length of a text in UTF-8.
  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// An id, which must never become another's: its whole fingerprint.
  static String id(String text) {
    return fits(text) ? text : "sha256:" + fingerprint(text);
  }

  private static boolean fits(String text) {
    return text.length() <= LONGEST
        && text.chars().noneMatch(Character::isISOControl)
        && !PrintableText.hasHalfCharacters(text);
  }

  private static String fingerprint(String text) {
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
