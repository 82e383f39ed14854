package dev.stipend.platform.web;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.ServerHttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The body of a request as it came, out of the gateway's encoding: what is bound to a parameter is
/// a form that was read already.
public final class SentBody {
  private SentBody() {}

  /// Its bytes.
  ///
  /// @param most what is longer is cut
  public static byte[] bytes(HttpRequest<?> request, int most) {
    HttpRequest<?> inner = request;
    while (inner instanceof HttpRequestWrapper<?> wrapper) {
      inner = wrapper.getDelegate();
    }
    if (!(inner instanceof ServerHttpRequest<?> server)) {
      throw new IllegalStateException("no request of a server: " + inner.getClass());
    }
    try (InputStream stream = server.byteBody().split().toInputStream()) {
      return stream.readNBytes(most);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The fields of a form, each with the first value that was sent for it. What cannot be decoded
  /// is left out.
  ///
  /// @param most bytes that are read
  public static Map<String, String> form(HttpRequest<?> request, int most) {
    Map<String, String> fields = new LinkedHashMap<>();
    read(request, most, fields::putIfAbsent);
    return fields;
  }

  /// All values that a form has for a field, in their order.
  ///
  /// @param most bytes that are read
  public static List<String> values(HttpRequest<?> request, int most, String field) {
    List<String> values = new ArrayList<>();
    read(
        request,
        most,
        (name, value) -> {
          if (name.equals(field)) {
            values.add(value);
          }
        });
    return values;
  }

  private static void read(HttpRequest<?> request, int most, BiConsumer<String, String> reader) {
    String text = new String(bytes(request, most), StandardCharsets.UTF_8);
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          reader.accept(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        } catch (IllegalArgumentException wrongEscape) {
          // As if it had not been sent.
        }
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
