package dev.stipend.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// Compares what was rendered with a file that somebody has looked at. `mvn verify
/// -Dgolden.update=true` writes the files anew; look at the difference before committing it.
public final class Golden {
  private static final Path FILES = Path.of("src", "test", "resources", "golden");

  private static final int MOST_DIFFERENCE = 24;

  private Golden() {}

  public static void assertMatches(String name, String rendered) {
    Path file = FILES.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(FILES);
        Files.writeString(file, rendered);
      }
      assertThat(rendered).isEqualTo(Files.readString(file));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /// The same for a picture: as long as no eye could tell them apart, pixels may differ a little.
  public static void assertLooksLike(String name, byte[] png) {
    Path file = FILES.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(FILES);
        Files.write(file, png);
      }
      BufferedImage expected = ImageIO.read(file.toFile());
      BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(List.of(drawn.getWidth(), drawn.getHeight()))
          .isEqualTo(List.of(expected.getWidth(), expected.getHeight()));
      assertThat(differingPixels(expected, drawn)).as("pixels that differ from " + file).isZero();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static int differingPixels(BufferedImage one, BufferedImage other) {
    int differing = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        differing += isAlike(one.getRGB(x, y), other.getRGB(x, y)) ? 0 : 1;
      }
    }
    return differing;
  }

  private static boolean isAlike(int one, int other) {
    for (int shift = 0; shift <= 16; shift += 8) {
      if (Math.abs(((one >> shift) & 0xff) - ((other >> shift) & 0xff)) > MOST_DIFFERENCE) {
        return false;
      }
    }
    return true;
  }
}
