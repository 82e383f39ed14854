package dev.stipend.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import com.slack.api.util.json.GsonFactory;
import dev.stipend.budget.Contributor;
import dev.stipend.notify.AlertText;
import dev.stipend.support.Golden;
import dev.stipend.support.SampleAlert;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SlackMessageTest {
  private static String json(SampleAlert alert) {
    String compact =
        GsonFactory.createSnakeCase().toJson(SlackMessage.of(new AlertText(alert.snapshot())));
    return new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create()
            .toJson(JsonParser.parseString(compact))
        + "\n";
  }

  private static SampleAlert nasty() {
    return SampleAlert.warning()
        .named("<!channel> *bold* `code` ~gone~ & <https://evil.example.com|click>\n@here")
        .of("user", "*", "@everyone <@U123>")
        .because("a < b & c > d *e*\nf")
        .from(SampleAlert.contributor("agent", "*x*\n• fake: $9.00", "0.80", "100.0"));
  }

  @Test
  void warningLooksAsAgreed() {
    Golden.assertMatches("slack-warning.json", json(SampleAlert.warning()));
  }

  @Test
  void exceededHardLimitLooksAsAgreed() {
    Golden.assertMatches("slack-exceeded.json", json(SampleAlert.exceeded()));
  }

  @Test
  void recoveryLooksAsAgreed() {
    Golden.assertMatches("slack-recovered.json", json(SampleAlert.recovered()));
  }

  @Test
  void namesThatTryToFormatOrMentionLookAsAgreed() {
    Golden.assertMatches("slack-nasty-names.json", json(nasty()));
  }

  @Test
  void namesCannotFormatMentionOrLink() {
    String text = SlackMessage.of(new AlertText(nasty().snapshot())).getText();
    assertThat(text).doesNotContain("<", ">", "*", "`", "~", "@here", "@everyone", "\n");
  }

  @Test
  void everythingStaysWithinSlacksLimits() {
    Contributor[] many =
        Collections.nCopies(9, SampleAlert.contributor("agent", "a&".repeat(3000), "0.80", "100.0"))
            .toArray(Contributor[]::new);
    SampleAlert endless =
        SampleAlert.exceeded()
            .named("n&".repeat(5000))
            .of("user", "*", "s<".repeat(5000))
            .because("r>".repeat(5000))
            .from(many)
            .linked("https://example.com/" + "x".repeat(5000));
    var message = JsonParser.parseString(json(endless)).getAsJsonObject();
    assertThat(message.get("text").getAsString()).hasSizeLessThanOrEqualTo(3000);
    var blocks = message.getAsJsonArray("blocks");
    assertThat(blocks.get(0).getAsJsonObject().getAsJsonObject("text").get("text").getAsString())
        .hasSizeLessThanOrEqualTo(150);
    blocks.forEach(
        block -> {
          assertThat(block.getAsJsonObject().get("type").getAsString()).isNotEqualTo("actions");
          if (block.getAsJsonObject().has("text")) {
            assertThat(block.getAsJsonObject().getAsJsonObject("text").get("text").getAsString())
                .hasSizeLessThanOrEqualTo(3000);
          }
          if (block.getAsJsonObject().has("fields")) {
            assertThat(block.getAsJsonObject().getAsJsonArray("fields"))
                .hasSizeLessThanOrEqualTo(10)
                .allSatisfy(
                    field ->
                        assertThat(field.getAsJsonObject().get("text").getAsString())
                            .hasSizeLessThanOrEqualTo(2000));
          }
        });
  }

  @Test
  void withoutLinkThereIsNoButton() {
    assertThat(json(SampleAlert.warning().linked(null))).doesNotContain("actions");
  }
}
