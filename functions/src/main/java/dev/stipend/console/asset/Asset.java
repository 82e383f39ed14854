package dev.stipend.console.asset;

import dev.stipend.platform.secrets.Sha256;
import io.micronaut.core.util.SupplierUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// A file that pages need.
public final class Asset {
  public static final Asset STYLE = new Asset("console", "css", "text/css");
  public static final Asset SCRIPT = new Asset("console", "js", "text/javascript");

  /// Where they are served.
  public static final String FOLDER = "/assets";

  private static final int DIGITS = 16;

  private final String stem;
  private final String ending;
  private final String type;

  /// Read when the first page is made, not when a class is loaded.
  private final Supplier<byte[]> compressed = SupplierUtil.memoized(this::read);

  private final Supplier<String> name = SupplierUtil.memoized(this::named);

  private Asset(String stem, String ending, String type) {
    this.stem = stem;
    this.ending = ending;
    this.type = type;
  }

  static Stream<Asset> all() {
    return Stream.of(STYLE, SCRIPT);
  }

  /// The path of it, such as `/assets/console.0123456789abcdef.css`.
  public String path() {
    return FOLDER + "/" + name.get();
  }

  String fileName() {
    return name.get();
  }

  String contentType() {
    return type;
  }

  /// What is in it, as gzip has it.
  byte[] compressed() {
    return compressed.get();
  }

  byte[] plain() {
    try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed()))) {
      return gzip.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private String named() {
    String digest = HexFormat.of().formatHex(Sha256.begun().digest(compressed()));
    return stem + "." + digest.substring(0, DIGITS) + "." + ending;
  }

  private byte[] read() {
    String file = stem + "." + ending + ".gz";
    try (InputStream stream =
        Objects.requireNonNull(Asset.class.getResourceAsStream(file), "the build lacks " + file)) {
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
