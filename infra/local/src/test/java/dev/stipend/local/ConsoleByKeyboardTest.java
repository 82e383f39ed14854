package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.local.browser.Chromium;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What people do in the console, in a real browser and without a mouse.
class ConsoleByKeyboardTest {
  private static final int DESK = 1300;

  private static ConsoleStack stack;

  private Chromium chromium;

  @BeforeAll
  static void start() throws IOException {
    stack = ConsoleStack.start().playStory();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @BeforeEach
  void open() {
    chromium = Chromium.start().wide(DESK).themed("light");
    chromium.open(stack.url() + "/");
  }

  @AfterEach
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void fromTheFirstPageToAnAcknowledgedAlert() {
    assertThat(chromium.texts("h1")).containsExactly("Overview");
    chromium.enter("nav a[href='/alerts']");
    chromium.awaitPath(path -> path.equals("/alerts"));
    chromium.press("j");
    String row = chromium.focused("id").replaceFirst("^a-", "");

    chromium.press("a");

    chromium.awaitText("Acknowledged: 1.");
    assertThat(stack.get("/api/alerts/" + row)).contains("\"acknowledgedAt\":\"2026");
  }

  @Test
  void aNewBudgetIsTriedOverThePastWhileItIsTyped() {
    chromium.open(stack.url() + "/budgets");
    chromium.enter("a[href='/budgets/new']");
    chromium.awaitPath(path -> path.equals("/budgets/new"));
    chromium.fill("#name", "Ana by day");
    chromium.fill("#limitAmount", "20");
    chromium.fill("#scopeId", "ana");
    chromium.tabTo("#period");
    chromium.press("Daily", Keys.TAB);
    chromium.awaitText("In the last");
    assertThat(stack.get("/api/budgets?q=Ana%20by%20day")).doesNotContain("Ana by day");

    chromium.enter("#editor button.primary");

    chromium.awaitPath(path -> path.matches("/budgets/[0-9a-f-]{36}.*"));
    chromium.awaitText("Ana by day");
    assertThat(stack.get("/api/budgets?q=Ana%20by%20day")).contains("\"limitAmount\":\"20.00\"");
  }

  @Test
  void aLimitIsRaisedForATimeAndThatIsUndone() {
    chromium.open(stack.url() + "/budgets?q=Research");
    chromium.enter("#list tbody a");
    chromium.awaitPath(path -> path.matches("/budgets/[0-9a-f-]{36}.*"));
    chromium.fill("#amount", "200");
    chromium.fill("#raise-reason", "A release");
    chromium.press(Keys.ENTER);
    chromium.awaitText("Raised limits");
    assertThat(chromium.text()).contains("$800.00", "A release");

    chromium.enter("form[action$='/lower'] button");

    chromium.awaitText("$600.00");
    assertThat(chromium.text()).doesNotContain("A release");
  }

  @Test
  void aPriceIsSetForAModelThatWaits() {
    chromium.open(stack.url() + "/prices");
    assertThat(chromium.text()).contains("Models that wait for a price", "house-1");
    chromium.enter("a[href^='/prices/new?']");
    chromium.awaitPath(path -> path.startsWith("/prices/new"));
    chromium.fill("input[name='perMillion.input']", "3");
    chromium.fill("input[name='perMillion.output']", "9");
    chromium.press(Keys.ENTER);
    chromium.awaitText("What this price would mean");
    assertThat(chromium.text()).contains("Waiting usage that it prices: 1 event, for $6.00.");

    chromium.enter("button[formaction='/prices']");

    chromium.awaitPath(path -> path.startsWith("/prices") && !path.contains("new"));
    assertThat(chromium.text()).doesNotContain("Models that wait for a price");
  }

  @Test
  void aChannelIsTestedAndTheResultIsBesideIt() {
    chromium.enter(".more summary");
    chromium.enter(".more a[href='/channels']");
    chromium.awaitPath(path -> path.equals("/channels"));
    chromium.enter("form[action$='/test'] button");
    chromium.awaitText("The test was sent.");
  }

  @Test
  void helpIsAKeyAway() {
    chromium.press("?");
    assertThat(chromium.texts("dialog[open] h2")).containsExactly("Keyboard");
    chromium.press(Keys.ESCAPE);
    assertThat(chromium.texts("dialog[open]")).isEmpty();
  }

  @Test
  void theFirstTabLeadsPastTheNavigation() {
    chromium.press(Keys.TAB);
    assertThat(chromium.focused("href")).isEqualTo("#main");
  }

  @Test
  void aThemeIsChosenAndKept() {
    chromium.tabTo("#theme");
    chromium.press("Dark");
    String dark = chromium.background();
    chromium.open(stack.url() + "/budgets");
    assertThat(chromium.background()).isEqualTo(dark);
    chromium.tabTo("#theme");
    chromium.press("Light");
    assertThat(chromium.background()).isNotEqualTo(dark);
  }

  @Test
  void aReadKeySeesWhatItMayUntilItIsRevoked() {
    String made = stack.makeKey("read");
    signIn(value("key", made));
    assertThat(chromium.texts("h1")).containsExactly("Overview");
    assertThat(chromium.links())
        .contains("/budgets", "/alerts", "/channels")
        .doesNotContain("/keys", "/audit");
    chromium.open(stack.url() + "/alerts");
    assertThat(chromium.texts("main form button")).isEmpty();
    chromium.open(stack.url() + "/keys");
    assertThat(chromium.text()).contains("This is not allowed");
    String session = chromium.cookie("stipend-session");

    stack.revokeKey(value("id", made));
    chromium.open(stack.url() + "/budgets");

    assertThat(chromium.cookie("stipend-session")).isNotEqualTo(session);
  }

  private void signIn(String key) {
    chromium.open(stack.url() + "/session");
    chromium.fill("#key", key);
    chromium.press(Keys.ENTER);
    chromium.awaitPath(path -> path.equals("/"));
  }

  private static String value(String field, String json) {
    Matcher found = Pattern.compile("\"" + field + "\"\\s*:\\s*\"([^\"]+)\"").matcher(json);
    assertThat(found.find()).as(json).isTrue();
    return found.group(1);
  }
}
