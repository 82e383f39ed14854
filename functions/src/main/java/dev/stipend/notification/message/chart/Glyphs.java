package dev.stipend.notification.message.chart;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;

/// Characters as outlines, and text drawn with them.
final class Glyphs {
  /// A character.
  ///
  /// @param advance how far the next one is, in units of the em
  private record Glyph(int advance, Shape outline) {}

  private static final double EM = 2048;
  private static final int UNKNOWN = '?';
  private static final Map<Integer, Glyph> KNOWN = read();

  private Glyphs() {}

  /// How wide a text is.
  ///
  /// @param size of the em in pixels
  static double width(String text, double size) {
    return text.codePoints().mapToDouble(code -> glyph(code).advance()).sum() * size / EM;
  }

  /// Draws a text that begins at `x` and stands on `y`.
  static void draw(Graphics2D graphics, String text, double x, double y, double size) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(size / EM, size / EM);
    for (int code : text.codePoints().toArray()) {
      Glyph glyph = glyph(code);
      graphics.fill(place.createTransformedShape(glyph.outline()));
      place.translate(glyph.advance(), 0);
    }
  }

  private static Glyph glyph(int code) {
    @Nullable Glyph known = KNOWN.get(code);
    return known == null ? Objects.requireNonNull(KNOWN.get(UNKNOWN)) : known;
  }

  private static Map<Integer, Glyph> read() {
    try (InputStream in = Objects.requireNonNull(Glyphs.class.getResourceAsStream("glyphs.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      Map<Integer, Glyph> glyphs = new HashMap<>();
      text.lines()
          .map(line -> line.split(" ", 3))
          .forEach(
              parts ->
                  glyphs.put(
                      Integer.valueOf(parts[0], 16),
                      new Glyph(
                          Integer.parseInt(parts[1]), outline(parts.length > 2 ? parts[2] : ""))));
      return Map.copyOf(glyphs);
    } catch (IOException unreadableJar) {
      throw new UncheckedIOException(unreadableJar);
    }
  }

  private static Shape outline(String commands) {
    Path2D path = new Path2D.Float(Path2D.WIND_NON_ZERO);
    try (Scanner in = new Scanner(commands.replaceAll("([A-Z])", "$1 "))) {
      while (in.hasNext()) {
        switch (in.next().charAt(0)) {
          case 'M' -> path.moveTo(in.nextInt(), in.nextInt());
          case 'L' -> path.lineTo(in.nextInt(), in.nextInt());
          case 'Q' -> path.quadTo(in.nextInt(), in.nextInt(), in.nextInt(), in.nextInt());
          default -> path.closePath();
        }
      }
    }
    return path;
  }
}
