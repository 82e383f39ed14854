package dev.stipend.platform.json;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/// Tells texts that people see as they are from those with characters that nobody sees, by which
/// two names look the same, or one looks like none.
public final class VisibleText {
  private static final int JOINER = 0x200D;
  private static final int NON_JOINER = 0x200C;
  private static final int EMOJI_FORM = 0xFE0F;

  /// Letters and fillers of category "letter" that have no ink.
  private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800);

  /// Scripts whose letters change their form by joiners.
  private static final Set<UnicodeScript> JOINING =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.BENGALI,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.KANNADA,
          UnicodeScript.KHMER,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MONGOLIAN,
          UnicodeScript.MYANMAR,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.SYRIAC,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU);

  private VisibleText() {}

  /// Whether a text has a character that nobody sees. Joiners are seen where they change what they
  /// join: between letters of some scripts, and in emoji.
  public static boolean hidesSomething(String text) {
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (isInvisible(points[i]) && !joins(points, i)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a text has nothing but blanks of any kind.
  public static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(
            point ->
                Character.isWhitespace(point)
                    || Character.isSpaceChar(point)
                    || isInvisible(point)
                    || isVariation(point));
  }

  private static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT || FILLERS.contains(point);
  }

  private static boolean isVariation(int point) {
    return (point >= 0xFE00 && point <= EMOJI_FORM) || (point >= 0xE0100 && point <= 0xE01EF);
  }

  private static boolean joins(int[] points, int i) {
    if (i == 0 || i + 1 == points.length) {
      return false;
    }
    int before = points[i - 1];
    int after = points[i + 1];
    boolean isEmoji =
        points[i] == JOINER && (before == EMOJI_FORM || isEmoji(before)) && isEmoji(after);
    boolean isLetters =
        (points[i] == JOINER || points[i] == NON_JOINER) && isJoining(before) && isJoining(after);
    return isEmoji || isLetters;
  }

  private static boolean isEmoji(int point) {
    return point > 0xFF && (Character.isEmoji(point) || Character.isEmojiModifier(point));
  }

  private static boolean isJoining(int point) {
    return JOINING.contains(UnicodeScript.of(point));
  }
}
