package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
  private static final String LONG = "a".repeat(201);

  @ParameterizedTest
  @ValueSource(strings = {"a", "team 7/ü", "😀", "null"})
  void whatFitsStaysAsItIs(String text) {
    assertThat(SafeText.name(text)).isEqualTo(text);
    assertThat(SafeText.id(text)).isEqualTo(text);
    assertThat(SafeText.id("a".repeat(200))).isEqualTo("a".repeat(200));
  }

  @Test
  void whatDoesNotFitBecomesAFittingTextThatDiffersFromOthers() {
    Stream<String> unfit = Stream.of(LONG, LONG + "b", "a\n", "a\t", "a\ud800", "😀".repeat(150));
    Set<String> names = unfit.map(SafeText::name).collect(Collectors.toSet());
    assertThat(names)
        .hasSize(6)
        .allMatch(name -> name.length() <= 200)
        .allMatch(name -> name.matches("(?s).*~[0-9a-f]{16}"))
        .noneMatch(name -> name.chars().anyMatch(Character::isISOControl));
    assertThat(SafeText.name(LONG))
        .startsWith("a".repeat(90) + "…~")
        .isEqualTo(SafeText.name(LONG));
  }

  @Test
  void anIdThatDoesNotFitBecomesTheFingerprintOfAllOfIt() {
    assertThat(SafeText.id(LONG)).matches("sha256:[0-9a-f]{64}").isEqualTo(SafeText.id(LONG));
    assertThat(SafeText.id(LONG)).isNotEqualTo(SafeText.id(LONG + "a"));
    assertThat(SafeText.id("a\n")).isNotEqualTo(SafeText.id("a\t"));
  }
}
