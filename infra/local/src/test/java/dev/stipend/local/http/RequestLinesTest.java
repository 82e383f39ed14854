package dev.stipend.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLinesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/budgets/{BUDGET_ID}/usage | /api/budgets/%7BBUDGET_ID%7D/usage",
        "/api/a b?q=x y | /api/a%20b?q=x%20y",
        "/api/100% | /api/100%25",
        "/api/<a>[1]\\^`| /api/%3Ca%3E%5B1%5D%5C%5E%60",
        "/api/a#b | /api/a%23b",
        "/api/%C3%A9?a=[1]&b={x} | /api/%C3%A9?a=%5B1%5D&b=%7Bx%7D",
        "/api/\u00c3\u00a9 | /api/%C3%A9",
      })
  void whatNoUriMayHaveIsEscaped(String sent, String passed) {
    assertThat(RequestLines.readable("GET " + sent + " HTTP/1.1\r\n"))
        .isEqualTo("GET " + passed + " HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/budgets?limit=2&q=a%20b",
        "/a[1]",
        "/?a=[1]",
        "*",
        "http://localhost:3001/api",
        "/%2F"
      })
  void whatIsAUriStaysIfTheServerReadsIt(String sent) {
    String line = RequestLines.readable("GET " + sent + " HTTP/1.1\r\n");
    assertThat(URI.create(line.split(" ", 3)[1])).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", ":", "http://", "//[", "http://[::1/x"})
  void everyTargetBecomesAUri(String sent) {
    String line = RequestLines.readable("GET " + sent + " HTTP/1.1\r\n");
    assertThat(URI.create(line.split(" ", 3)[1])).isNotNull();
  }

  @Test
  void whatIsNoRequestLineIsLeftToTheServer() {
    assertThat(RequestLines.readable("nonsense\r\n")).isEqualTo("nonsense\r\n");
  }
}
