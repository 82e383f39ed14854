package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.usage.UsageFileOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptionsTest {

  @Test
  void withoutOptionsDataIsKeptBelowTheHomeDirectoryAndTheSamplePlaysOnPort3001() {
    LocalOptions options = LocalOptions.from(new Properties());

    assertThat(options.port()).isEqualTo(3001);
    assertThat(options.data())
        .contains(Path.of(System.getProperty("user.home"), ".stipend", "local"));
    assertThat(options.usage()).isEmpty();
    assertThat(options.demo()).isTrue();
    assertThat(options.once()).isFalse();
    assertThat(options.apiKey()).isEmpty();
  }

  @Test
  void blankValuesAreAbsentOnes() {
    LocalOptions options =
        LocalOptions.from(
            properties(Map.of("stipend.port", "", "stipend.clock", " ", "stipend.usage", "")));

    assertThat(options).isEqualTo(LocalOptions.from(new Properties()));
  }

  @Test
  void everyOptionIsRead() {
    LocalOptions options =
        LocalOptions.from(
            properties(
                Map.of(
                    "stipend.port", "4000",
                    "stipend.data", "memory",
                    "stipend.usage", "usage.csv",
                    "stipend.usage.model", "gpt-4o",
                    "stipend.usage.user", "u1",
                    "stipend.usage.agent", "code",
                    "stipend.usage.provider", "openai",
                    "stipend.usage.shift", "now",
                    "stipend.clock", "2023-11-16T19:15:00Z",
                    "stipend.api-key", "a-long-enough-key")));

    assertThat(options.port()).isEqualTo(4000);
    assertThat(options.data()).isEmpty();
    assertThat(options.usage())
        .contains(
            new UsageFileOptions(
                Path.of("usage.csv").toAbsolutePath(),
                Map.of(
                    "model", "gpt-4o", "user_id", "u1", "agent_id", "code", "provider", "openai"),
                true));
    assertThat(options.clock().instant()).isEqualTo(Instant.parse("2023-11-16T19:15:00Z"));
    assertThat(options.apiKey()).contains("a-long-enough-key");
  }

  @Test
  void aSingleRunTakesAnyFreePort() {
    assertThat(LocalOptions.from(properties(Map.of("stipend.once", "true"))).port()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stipend.port         | web        | stipend.port is "web", but must be a port
          stipend.port         | 70000      | stipend.port is "70000", but must be a port
          stipend.clock        | yesterday  | stipend.clock is "yesterday", but must be an instant
          stipend.once         | yes        | stipend.once is "yes", but must be true or false
          stipend.demo         | no         | stipend.demo is "no", but must be true or false
          stipend.usage.shift  | tomorrow   | stipend.usage.shift is "tomorrow", but must be now or none
          stipend.usage.model  | gpt-4o     | add -Dstipend.usage=FILE.csv
          stipend.ussage       | x.csv      | There is no option stipend.ussage; the options are stipend.api-key
          """)
  void aWrongOptionIsNamedWithTheFix(String name, String value, String sentence) {
    assertThatThrownBy(() -> LocalOptions.from(properties(Map.of(name, value))))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aBadKeyIsNotRepeatedInTheError() {
    assertThatThrownBy(
            () -> LocalOptions.from(properties(Map.of("stipend.api-key", "has a space"))))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("stipend.api-key")
        .hasMessageNotContaining("has a space");
  }

  private static Properties properties(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }
}
