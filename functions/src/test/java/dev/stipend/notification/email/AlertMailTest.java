package dev.stipend.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.support.Golden;
import dev.stipend.support.notification.SampleAlert;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertMailTest {
  private static SampleAlert nasty() {
    return SampleAlert.warning()
        .named("</title><script>alert(1)</script>")
        .of("user", "*", "\"><img src=x onerror=alert(1)>")
        .because("a < b & c > 'd'\n</td>")
        .from(SampleAlert.contributor("agent", "<b>bold</b>\n- fake", "0.80", "100.0"))
        .linked("https://example.com/?a=\"b\"&c=<d>");
  }

  /// Files to look at, in the folder `golden`: each part of each mail.
  @ParameterizedTest
  @MethodSource("dev.stipend.support.notification.SampleAlerts#inEachLanguage")
  void mailLooksAsAgreed(String name, AlertSnapshot alert, String tag) {
    assertLooksAsAgreed(name + "-" + tag, new AlertMessage(alert, Locale.of(tag)));
  }

  private static void assertLooksAsAgreed(String name, AlertMessage text) {
    Golden.assertMatches("email-" + name + ".txt", AlertMail.text(text, Optional.empty()));
    // The picture is beside the file, so that a browser shows it.
    Golden.assertMatches(
        "email-" + name + ".html",
        html(text).replace("cid:" + AlertMail.CHART_ID, "email-" + name + ".png"));
    text.chart().ifPresent(png -> Golden.assertLooksLike("email-" + name + ".png", png));
  }

  private static String html(AlertMessage text) {
    return AlertMail.html(text, text.chart().isPresent(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es"})
  void digestLooksAsAgreed(String tag) {
    AlertDigest digest =
        new AlertDigest(
            "d.digest",
            List.of(
                SampleAlert.exceeded().snapshot(),
                SampleAlert.approaching().snapshot(),
                nasty().snapshot(),
                SampleAlert.recovered().linked(null).snapshot()));
    Channel channel = Notifiers.channel(Map.of("locale", tag));
    Golden.assertMatches(
        "email-digest-" + tag + ".txt", DigestMail.text(digest, channel, Optional.empty()));
    Golden.assertMatches(
        "email-digest-" + tag + ".html", DigestMail.html(digest, channel, Optional.empty()));
    assertThat(DigestMail.html(digest, channel, Optional.empty()))
        .doesNotContain("<script", "<img", "<b>");
  }

  @Test
  void namesFullOfMarkupLookAsAgreed() {
    assertLooksAsAgreed("nasty-names", new AlertMessage(nasty().snapshot()));
  }

  @Test
  void namesCannotBringMarkup() {
    assertThat(html(new AlertMessage(nasty().snapshot())))
        .doesNotContain("<script", "<img src=x", "<b>", "=\"b\"");
  }

  @Test
  void theWayOutIsALinkInBothParts() {
    AlertMessage text = new AlertMessage(SampleAlert.warning().snapshot());
    Optional<String> link = Optional.of("https://api.example.com/unsubscribe/x");
    assertThat(AlertMail.text(text, link))
        .endsWith(
            """
            You receive this email because a Stipend channel has your address.
            Unsubscribe: https://api.example.com/unsubscribe/x
            """);
    assertThat(AlertMail.html(text, false, link))
        .contains("href=\"https://api.example.com/unsubscribe/x\"", ">Unsubscribe</a>");
  }

  @Test
  void barOfNothingSpentIsEmpty() {
    assertThat(html(new AlertMessage(SampleAlert.warning().spent("0", "1").snapshot())))
        .doesNotContain("width=\"0%\"");
  }
}
