package dev.stipend.migration.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How numbers read, and what stays of a query.
class MeasuresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 kB",
    "8192, 8.0 kB",
    "16384, 16 kB",
    "1572864, 1.5 MB",
    "9223372036854775807, 8192 PB"
  })
  void bytesAreCountedAsPostgresCountsThem(long bytes, String text) {
    assertThat(Measures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "61, 1 min 1 s", "3660, 1 h 1 min", "90000, 1 d 1 h"})
  void durationsHaveTwoUnits(long seconds, String text) {
    assertThat(Measures.seconds(seconds)).isEqualTo(text);
  }

  @Test
  void nothingThatCouldBeAValueStaysOfAQuery() {
    assertThat(
            SlowQueries.withoutValues(
                """
                /* user=al */ SELECT t1.a2, "b 3" -- hunter2
                FROM t1 WHERE c = 'it''s' AND d > 12.5e3 AND e = $1 AND f = $tag$ hunter2 $tag$
                """))
        .isEqualTo("SELECT t1.a2, \"b ?\" FROM t1 WHERE c = ? AND d > ? AND e = $1 AND f = ?");
    assertThat(SlowQueries.withoutValues("SELECT E'it\\'s hunter2', 'x'")).isEqualTo("SELECT ?…");
    assertThat(SlowQueries.withoutValues("SELECT " + "a, ".repeat(1000))).hasSize(501);
  }
}
