package dev.stipend.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.notify.AlertText;
import dev.stipend.support.Golden;
import dev.stipend.support.SampleAlert;
import org.junit.jupiter.api.Test;

class AlertMailTest {
  private static SampleAlert nasty() {
    return SampleAlert.warning()
        .named("</title><script>alert(1)</script>")
        .of("user", "*", "\"><img src=x onerror=alert(1)>")
        .because("a < b & c > 'd'\n</td>")
        .from(SampleAlert.contributor("agent", "<b>bold</b>\n- fake", "0.80", "100.0"))
        .linked("https://example.com/?a=\"b\"&c=<d>");
  }

  private static void assertLooksAsAgreed(String name, SampleAlert alert) {
    AlertText text = new AlertText(alert.snapshot());
    Golden.assertMatches("email-" + name + ".txt", AlertMail.text(text));
    Golden.assertMatches("email-" + name + ".html", AlertMail.html(text));
  }

  @Test
  void warningLooksAsAgreed() {
    assertLooksAsAgreed("warning", SampleAlert.warning());
  }

  @Test
  void forecastLooksAsAgreed() {
    assertLooksAsAgreed("forecast", SampleAlert.approaching());
  }

  @Test
  void unusualHourLooksAsAgreed() {
    assertLooksAsAgreed("unusual", SampleAlert.unusual());
  }

  @Test
  void exceededHardLimitLooksAsAgreed() {
    assertLooksAsAgreed("exceeded", SampleAlert.exceeded());
  }

  @Test
  void recoveryLooksAsAgreed() {
    assertLooksAsAgreed("recovered", SampleAlert.recovered());
  }

  @Test
  void namesFullOfMarkupLookAsAgreed() {
    assertLooksAsAgreed("nasty-names", nasty());
  }

  @Test
  void namesCannotBringMarkup() {
    assertThat(AlertMail.html(new AlertText(nasty().snapshot())))
        .doesNotContain("<script", "<img", "<b>", "=\"b\"");
  }

  @Test
  void barOfNothingSpentIsEmpty() {
    assertThat(AlertMail.html(new AlertText(SampleAlert.warning().spent("0", "1").snapshot())))
        .doesNotContain("width=\"0%\"");
  }
}
