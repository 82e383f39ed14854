package dev.stipend.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
  void whatASpreadsheetWouldRunIsText(String text) {
    CsvTable table = new CsvTable(List.of("a"));
    table.add(Stream.of(text));
    assertThat(table.text().replace("\"", "")).isEqualTo("a\r\n'" + text + "\r\n");
  }

  @Test
  void numbersStayNumbersAndTextStaysText() {
    CsvTable table = new CsvTable(List.of("a", "b", "c", "d", "e"));
    table.add(
        Stream.of(new BigDecimal("-1.50"), Optional.of("=x"), Optional.empty(), "a=b", "a,\"b"));
    assertThat(table.text()).isEqualTo("a,b,c,d,e\r\n-1.50,'=x,,a=b,\"a,\"\"b\"\r\n");
  }

  @Test
  void aTableTakesNoMoreThanAFunctionMayAnswer() {
    CsvTable table = new CsvTable(List.of("a"));
    String long1 = "ü".repeat(500_000);
    int rows = 0;
    while (table.add(Stream.of(long1))) {
      rows++;
    }
    assertThat(rows).isEqualTo(3);
    assertThat(table.text().getBytes(StandardCharsets.UTF_8).length).isLessThan(4_000_000);
    assertThat(table.addAll(Collections.nCopies(2, List.of(long1)))).isFalse();
    assertThat(table.addAll(List.of(List.of("short"), List.of("rows")))).isTrue();
  }
}
