package dev.stipend.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonLinesTest {
  @ParameterizedTest
  @ValueSource(strings = {"1\n2", "1\n2\n", "\n1\r\n\r\n  \n2\r\n\n", "1\n2\r"})
  void linesEndInEveryWayAndBlankOnesAreNone(String text) throws IOException {
    assertThat(read(text))
        .extracting(line -> line.number() + "=" + line.json())
        .containsExactly("1=1", "2=2");
  }

  @Test
  void aTextWithoutLinesHasNone() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("\n \n")).isEmpty();
  }

  /// Whatever is read at once, and wherever that ends.
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 16_381, 16_382, 16_383, 16_384, 50_000})
  void linesMayBeOfAnyLength(int length) throws IOException {
    String text =
        IntStream.range(0, 5)
            .mapToObj(i -> "\"" + Integer.toString(i).repeat(length) + "\"")
            .collect(Collectors.joining("\n"));
    assertThat(read(text))
        .extracting(line -> String.valueOf(line.json()).length())
        .containsExactly(length, length, length, length, length);
    assertThat(read(text))
        .extracting(line -> String.valueOf(line.json()).charAt(length - 1))
        .containsExactly('0', '1', '2', '3', '4');
  }

  @Test
  void aWrongLineStopsNoOtherAndSaysWhatItIs() throws IOException {
    byte[] head = "{\"cut\n".getBytes(StandardCharsets.UTF_8);
    byte[] rest = ("\"" + "x".repeat(6_000_000) + "\"\nnull\n7").getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[head.length + 2 + rest.length];
    System.arraycopy(head, 0, text, 0, head.length);
    text[head.length] = (byte) 0xff;
    text[head.length + 1] = '\n';
    System.arraycopy(rest, 0, text, head.length + 2, rest.length);
    List<JsonLines.Line> lines = read(text);
    assertThat(lines)
        .extracting(JsonLines.Line::isReadable)
        .containsExactly(false, false, false, false, true);
    assertThat(lines.get(0).wrong()).startsWith("The body is not JSON");
    assertThat(lines.get(1).wrong()).isEqualTo("the line is not valid UTF-8");
    assertThat(lines.get(2).wrong()).isEqualTo("the line is longer than 6,000,000 characters");
    assertThat(lines.get(2).shown()).hasSize(2_001);
    assertThat(lines.get(3).wrong()).isEqualTo("the line is null");
  }

  private static List<JsonLines.Line> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<JsonLines.Line> read(byte[] text) throws IOException {
    List<JsonLines.Line> all = new ArrayList<>();
    try (JsonLines lines = new JsonLines(new ByteArrayInputStream(text))) {
      for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }
}
