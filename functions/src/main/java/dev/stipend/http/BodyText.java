package dev.stipend.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// The text of a request's body: UTF-8, inflated where the sender compressed it. Both bounded.
final class BodyText {
  /// What Lambda takes at once.
  private static final int MOST = 6 * 1024 * 1024;

  private static final int MOST_INFLATED = 16 * 1024 * 1024;

  private BodyText() {}

  /// The text of a body.
  ///
  /// @throws ProblemException if the body is too large, is not compressed as it says, or is not
  ///     UTF-8
  static String of(HttpRequest<?> request, byte[] body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(plain(request, body)))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new ProblemException(ProblemKind.INVALID_REQUEST, "The body is not UTF-8.");
    }
  }

  /// The bytes of a body, inflated where its sender compressed it.
  ///
  /// @throws ProblemException if the body is too large, or is not compressed as it says
  static byte[] plain(HttpRequest<?> request, byte[] body) {
    if (body.length > MOST) {
      throw tooLarge();
    }
    String encoding =
        request.getHeaders().get(HttpHeaders.CONTENT_ENCODING, String.class).orElse("identity");
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "identity", "" -> body;
      case "gzip", "x-gzip" -> inflated(body);
      default ->
          throw new ProblemException(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "Send the body with Content-Encoding: gzip, or without any.");
    };
  }

  private static byte[] inflated(byte[] body) {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = stream.readNBytes(MOST_INFLATED + 1);
      if (plain.length > MOST_INFLATED) {
        throw tooLarge();
      }
      return plain;
    } catch (IOException notCompressed) {
      throw new ProblemException(
          ProblemKind.INVALID_REQUEST,
          "The body is not gzip, although Content-Encoding says so. A gateway that forwards JSON"
              + " as text corrupts it: send it uncompressed.");
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        ProblemKind.TOO_LARGE,
        "Send less at once: a request may have at most 6 MB, and 16 MB after decompression.");
  }
}
