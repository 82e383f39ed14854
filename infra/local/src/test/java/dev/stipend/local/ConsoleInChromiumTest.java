package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stipend.local.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// All views in a real browser: in both themes, on a desk and on a phone, with large text, and
/// without scripts.
class ConsoleInChromiumTest {
  private static final int DESK = 1300;
  private static final int PHONE = 360;
  private static final Path PICTURES = Path.of("target", "screenshots");

  /// What is no view: the API's page, what was caught on this machine, and files.
  private static final Set<String> OTHERS =
      Set.of("/docs", "/local", "/spend/export", "/spend/events/export");

  private static final String ID = "[0-9a-f]{8}-[0-9a-f-]{27}";

  private static ConsoleStack stack;
  private static List<String> paths;

  @BeforeAll
  static void start() throws IOException {
    stack = ConsoleStack.start().playStory();
    paths = crawl();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void linksLeadToEveryView() {
    assertThat(paths)
        .contains("/", "/budgets", "/spend", "/alerts", "/channels", "/silences", "/summaries")
        .contains("/sources", "/prices", "/keys", "/people", "/reservations", "/audit")
        .contains("/budgets/new", "/channels/new", "/sources/new", "/prices/new")
        .anyMatch(path -> path.matches("/budgets/[0-9a-f-]{36}"))
        .anyMatch(path -> path.matches("/alerts/[0-9a-f-]{36}"));
  }

  @Test
  void faultsOfAPageAreFound() {
    try (Chromium chromium = Chromium.start().wide(300)) {
      chromium.open("data:text/html,<input><div style='width:400px'>wide</div>");
      assertThat(chromium.violations()).anyMatch(each -> each.startsWith("label: "));
      assertThat(chromium.overflowing()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"light, 1300", "dark, 1300", "light, 360", "dark, 360"})
  void everyViewIsFreeOfFaultsAndStaysWhereItIs(String theme, int width) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (Chromium chromium = Chromium.start().wide(width).themed(theme)) {
      for (String path : paths) {
        chromium.open(stack.url() + path);
        softly.assertThat(chromium.layoutShift()).as(path).isCloseTo(0, within(0.001));
        softly.assertThat(chromium.overflowing()).as(path).isEmpty();
        softly.assertThat(chromium.violations()).as(path).isEmpty();
        chromium.picture(PICTURES.resolve(name(path) + "-" + theme + "-" + width + ".png"));
      }
      softly.assertThat(chromium.complaints()).isEmpty();
    }
    softly.assertAll();
  }

  /// What the documents show. `-Dgolden.update=true` writes them anew.
  @Test
  void theDocumentsHavePicturesOfTheConsole() throws IOException {
    Path documents = Path.of("..", "..", "docs", "images");
    Path directory = Boolean.getBoolean("golden.update") ? documents : PICTURES;
    String budget =
        paths.stream()
            .filter(path -> path.matches("/budgets/[0-9a-f-]{36}"))
            .findFirst()
            .orElseThrow();
    try (Chromium chromium = Chromium.start()) {
      chromium.wide(DESK).themed("light").open(stack.url() + "/");
      chromium.picture(directory.resolve("console-light.png"));
      chromium.themed("dark").open(stack.url() + budget);
      chromium.picture(directory.resolve("console-dark.png"));
      chromium.wide(PHONE).themed("light").open(stack.url() + "/alerts");
      chromium.picture(directory.resolve("console-phone.png"));
    }
    assertThat(documents)
        .isDirectoryContaining("glob:**console-light.png")
        .isDirectoryContaining("glob:**console-dark.png")
        .isDirectoryContaining("glob:**console-phone.png");
  }

  @Test
  void everyViewIsReadWithTextOfTwiceTheSize() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (Chromium chromium = Chromium.withLargeText().wide(DESK).themed("light")) {
      for (String path : paths) {
        chromium.open(stack.url() + path);
        softly.assertThat(chromium.overflowing()).as(path).isEmpty();
        chromium.picture(PICTURES.resolve(name(path) + "-large.png"));
      }
    }
    softly.assertAll();
  }

  @Test
  void everyViewIsReadWithoutScripts() {
    try (Chromium scripted = Chromium.start().wide(DESK);
        Chromium plain = Chromium.withoutScripts().wide(DESK)) {
      for (String path : paths) {
        scripted.open(stack.url() + path);
        plain.open(stack.url() + path);
        assertThat(plain.texts("main")).as(path).isEqualTo(scripted.texts("main"));
      }
    }
  }

  /// A page of each kind that the links of the console lead to.
  private static List<String> crawl() {
    Map<String, String> found = new LinkedHashMap<>(Map.of("/", "/"));
    Deque<String> left = new ArrayDeque<>(List.of("/"));
    try (Chromium chromium = Chromium.start()) {
      while (!left.isEmpty()) {
        chromium.open(stack.url() + left.remove());
        for (String path : chromium.links()) {
          String kind = path.replaceAll("[?#].*", "").replaceAll(ID, "ID");
          if (!OTHERS.contains(kind) && found.putIfAbsent(kind, path) == null) {
            left.add(path);
          }
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static String name(String path) {
    return path.replaceAll(ID, "id")
        .replaceAll("[?].*", "")
        .replaceAll("[^a-z]+", "-")
        .replaceAll("^-|-$", "")
        .replaceAll("^$", "overview");
  }
}
