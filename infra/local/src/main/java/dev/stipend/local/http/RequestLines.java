package dev.stipend.local.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies requests of HTTP/1.1, one after the other, and escapes what no URI may have in the line
/// that each begins with.
final class RequestLines {
  private static final int LONGEST_LINE = 1 << 20;
  private static final Pattern LINE =
      Pattern.compile("(\\S+) (.*) (HTTP/\\S+\\s*)", Pattern.DOTALL);
  private static final Pattern IN_NO_URI =
      Pattern.compile("[^A-Za-z0-9/._~!$&()*+,;=:@%?'-]|%(?![0-9A-Fa-f]{2})");
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9/?&=._-]|(?<=/)/");

  private final InputStream in;
  private final OutputStream out;

  RequestLines(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /// Copies a request; false when there is none any more.
  boolean passOne() throws IOException {
    String first = line();
    while (first.isBlank() && !first.isEmpty()) {
      first = line();
    }
    if (first.isEmpty()) {
      return false;
    }
    write(readable(first));
    long length = 0;
    boolean chunked = false;
    String header = line();
    while (!header.isBlank()) {
      write(header);
      String[] parts = header.toLowerCase(Locale.ROOT).split(":", 2);
      if (parts.length == 2 && parts[0].equals("content-length")) {
        length = number(parts[1], 10);
      }
      chunked |= parts.length == 2 && parts[0].equals("transfer-encoding");
      header = line();
    }
    write(header);
    out.flush();
    if (chunked) {
      passChunks();
    } else {
      pass(length);
    }
    out.flush();
    return true;
  }

  static String readable(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return line;
    }
    String target = parts.group(2);
    if (!isUri(target)) {
      target = escaped(IN_NO_URI, target);
    }
    if (!isUri(target)) {
      target = "/" + escaped(NOT_PLAIN, target);
    }
    return parts.group(1) + " " + target + " " + parts.group(3);
  }

  private static boolean isUri(String target) {
    try {
      return StandardCharsets.US_ASCII.newEncoder().canEncode(target)
          && new URI(target).getRawFragment() == null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /// A line has bytes, each of which is a character here.
  private static String escaped(Pattern what, String text) {
    return what.matcher(text)
        .replaceAll(found -> "%%%02X".formatted((int) found.group().charAt(0)));
  }

  private void passChunks() throws IOException {
    long size;
    do {
      String head = line();
      write(head);
      size = number(head.split(";", 2)[0], 16);
      if (size > 0) {
        pass(size);
        write(line());
        out.flush();
      }
    } while (size > 0);
    String trailer = line();
    while (!trailer.isBlank()) {
      write(trailer);
      trailer = line();
    }
    write(trailer);
  }

  private void pass(long length) throws IOException {
    byte[] buffer = new byte[8192];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /// What is no number is for the server to refuse.
  private static long number(String text, int radix) {
    try {
      return Long.parseLong(text.strip(), radix);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  /// With the end of the line; empty at the end of everything.
  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0) {
      bytes.write(next);
      if (next == '\n') {
        break;
      }
      if (bytes.size() > LONGEST_LINE) {
        throw new IOException("a line without end");
      }
      next = in.read();
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private void write(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.ISO_8859_1));
  }
}
