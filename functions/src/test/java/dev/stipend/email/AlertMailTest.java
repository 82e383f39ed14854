package dev.stipend.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.notify.AlertText;
import dev.stipend.support.Golden;
import dev.stipend.support.SampleAlert;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertMailTest {
  private static SampleAlert nasty() {
    return SampleAlert.warning()
        .named("</title><script>alert(1)</script>")
        .of("user", "*", "\"><img src=x onerror=alert(1)>")
        .because("a < b & c > 'd'\n</td>")
        .from(SampleAlert.contributor("agent", "<b>bold</b>\n- fake", "0.80", "100.0"))
        .linked("https://example.com/?a=\"b\"&c=<d>");
  }

  static Stream<Arguments> alerts() {
    return Stream.of(
            Map.entry("warning", SampleAlert.warning()),
            Map.entry("exceeded", SampleAlert.exceeded()),
            Map.entry("forecast", SampleAlert.approaching()),
            Map.entry("unusual", SampleAlert.unusual()),
            Map.entry("unpriced", SampleAlert.unpriced()),
            Map.entry("restated", SampleAlert.restated()),
            Map.entry("recovered", SampleAlert.recovered()),
            Map.entry("test", SampleAlert.test()))
        .flatMap(
            alert ->
                Stream.of("en", "es")
                    .map(tag -> Arguments.of(alert.getKey(), alert.getValue(), tag)));
  }

  /// Files to look at, in the folder `golden`: each part of each mail.
  @ParameterizedTest
  @MethodSource("alerts")
  void mailLooksAsAgreed(String name, SampleAlert alert, String tag) {
    assertLooksAsAgreed(name + "-" + tag, new AlertText(alert.snapshot(), Locale.of(tag)));
  }

  private static void assertLooksAsAgreed(String name, AlertText text) {
    Golden.assertMatches("email-" + name + ".txt", AlertMail.text(text));
    // The picture is beside the file, so that a browser shows it.
    Golden.assertMatches(
        "email-" + name + ".html",
        html(text).replace("cid:" + AlertMail.CHART_ID, "email-" + name + ".png"));
    text.chart().ifPresent(png -> Golden.assertLooksLike("email-" + name + ".png", png));
  }

  private static String html(AlertText text) {
    return AlertMail.html(text, text.chart().isPresent());
  }

  @Test
  void namesFullOfMarkupLookAsAgreed() {
    assertLooksAsAgreed("nasty-names", new AlertText(nasty().snapshot()));
  }

  @Test
  void namesCannotBringMarkup() {
    assertThat(html(new AlertText(nasty().snapshot())))
        .doesNotContain("<script", "<img src=x", "<b>", "=\"b\"");
  }

  @Test
  void barOfNothingSpentIsEmpty() {
    assertThat(html(new AlertText(SampleAlert.warning().spent("0", "1").snapshot())))
        .doesNotContain("width=\"0%\"");
  }
}
