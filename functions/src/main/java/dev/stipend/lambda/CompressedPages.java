package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/// Compresses pages for browsers, which an HTTP API does not.
final class CompressedPages {
  /// Below that, it is not worth the while.
  private static final int LEAST = 1024;

  private CompressedPages() {}

  static void compress(APIGatewayV2HTTPEvent event, APIGatewayV2HTTPResponse response) {
    String body = response.getBody();
    ResponseHeaders headers = new ResponseHeaders(response);
    if (body == null
        || body.length() < LEAST
        || response.getIsBase64Encoded()
        || !headers.find("Content-Type").orElse("").startsWith("text/html")
        || !takesGzip(event)) {
      return;
    }
    headers.remove("Content-Length");
    headers.set("Content-Encoding", "gzip");
    headers.set(
        "Vary",
        headers.find("Vary").map(vary -> vary + ", Accept-Encoding").orElse("Accept-Encoding"));
    response.setBody(Base64.getEncoder().encodeToString(gzip(body)));
    response.setIsBase64Encoded(true);
  }

  private static boolean takesGzip(APIGatewayV2HTTPEvent event) {
    return event.getHeaders() != null
        && event.getHeaders().getOrDefault("accept-encoding", "").contains("gzip");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
