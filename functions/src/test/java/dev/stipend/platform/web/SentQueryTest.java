package dev.stipend.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentQueryTest {
  @Test
  void aRepeatedParameterKeepsItsValuesAndTheirCommas() {
    assertThat(SentQuery.parse("user=a%2Cb&tag=k%3Dv&user=c,d&user=").parameters())
        .containsOnlyKeys("user", "tag")
        .containsEntry("user", List.of("a,b", "c,d", ""))
        .containsEntry("tag", List.of("k=v"));
  }

  @Test
  void namesAndValuesAreDecoded() {
    assertThat(SentQuery.parse("a%20b=%C3%BC+x&tag=k=v").parameters())
        .containsEntry("a b", List.of("ü x"))
        .containsEntry("tag", List.of("k=v"));
  }

  @Test
  void nothingSentIsNoParameter() {
    assertThat(SentQuery.parse("").parameters()).isEmpty();
    assertThat(SentQuery.parse("&&").parameters()).isEmpty();
    assertThat(SentQuery.parse("flag").parameters()).containsEntry("flag", List.of(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"user=%zz", "user=50%", "user=%4"})
  void aPercentSignThatBeginsNoEscapeIsNamed(String query) {
    assertThatThrownBy(() -> SentQuery.parse(query))
        .hasMessage("user has a % that starts no escape sequence; write a % as %25");
  }
}
