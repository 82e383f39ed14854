package dev.stipend.notification.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hooks.slack.com/services/T/B/x",
        "ftp://x/y",
        "https://",
        "http:x",
        "https://a b/c"
      })
  void whatIsNoWebAddressIsNone(String value) {
    assertThat(WebhookUrl.parse("SLACK_WEBHOOK_URL", value)).isEmpty();
  }

  @Test
  void spaceAroundIsNoMatter() {
    assertThat(WebhookUrl.parse("V", " https://example.com/services/T0/B0/x\n"))
        .map(WebhookUrl::value)
        .contains("https://example.com/services/T0/B0/x");
  }

  @Test
  void nothingSecretIsLeftInAText() {
    WebhookUrl url =
        WebhookUrl.parse("V", "https://example.com/services/T0AAA/B0BBB/CccCcc?key=Ddd#E1")
            .orElseThrow();
    assertThat(url.redact("POST https://example.com/services/T0AAA/B0BBB/CCCCCC?key=Ddd#E1 failed"))
        .doesNotContainIgnoringCase("T0AAA", "B0BBB", "CccCcc", "Ddd", "E1")
        .startsWith("POST https://example.com/services/***");
    assertThat(url).hasToString("V");
  }

  @Test
  void textIsLeftAloneWhenThereIsNothingToHide() {
    assertThat(WebhookUrl.parse("V", "https://example.com").orElseThrow().redact("a\nb"))
        .isEqualTo("a b");
  }
}
