package dev.stipend.local.browser;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.stipend.local.Patience;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/// Chromium, without a window.
public final class Chromium implements AutoCloseable {
  private static final int HEIGHT = 900;
  private static final int MOST_TABS = 200;
  private static final int USUAL_TEXT = 16;

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /// One as it is installed.
  public static Chromium start() {
    return start(Map.of());
  }

  /// One that runs no scripts of pages.
  public static Chromium withoutScripts() {
    return start(Map.of("profile.managed_default_content_settings.javascript", 2));
  }

  /// One whose person has set text to twice its size.
  public static Chromium withLargeText() {
    return start(Map.of("webkit.webprefs.default_font_size", 2 * USUAL_TEXT));
  }

  private static Chromium start(Map<String, Object> preferences) {
    Optional<Path> browser = onPath("chromium");
    Optional<Path> driver = onPath("chromedriver");
    Assumptions.assumeTrue(
        browser.isPresent() && driver.isPresent(),
        "Chromium is not installed with its driver (packages chromium and chromium-driver of"
            + " Debian)");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.orElseThrow().toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en");
    options.setExperimentalOption("prefs", preferences);
    return new Chromium(
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build(),
            options));
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Makes the window as wide as this.
  ///
  /// @param width in pixels of CSS
  public Chromium wide(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  /// Prefers a theme, as the system of a person does.
  ///
  /// @param theme `light` or `dark`
  public Chromium themed(String theme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", theme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  public void open(String address) {
    driver.get(address);
  }

  /// The path of the page, with its query.
  public String path() {
    return Objects.requireNonNull(driver.getCurrentUrl()).replaceFirst("^https?://[^/]+", "");
  }

  public String title() {
    return Objects.requireNonNull(driver.getTitle());
  }

  /// All text that is shown.
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /// What elements show, in the order of the page.
  public List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  /// An attribute of what has the focus; empty if it has none of the name.
  public String focused(String attribute) {
    return Objects.requireNonNullElse(
        driver.switchTo().activeElement().getDomAttribute(attribute), "");
  }

  /// The colour behind the page.
  public String background() {
    return driver.findElement(By.tagName("body")).getCssValue("background-color");
  }

  /// The value of a cookie; empty if there is none.
  public String cookie(String name) {
    return Optional.ofNullable(driver.manage().getCookieNamed(name))
        .map(Cookie::getValue)
        .orElse("");
  }

  /// Where links of this site lead, in the order of the page.
  public List<String> links() {
    return driver.findElements(By.cssSelector("a[href^='/']")).stream()
        .map(link -> Objects.requireNonNull(link.getDomAttribute("href")))
        .toList();
  }

  /// Waits until the page shows a text.
  public void awaitText(String text) {
    await(() -> text().contains(text), text);
  }

  /// Waits until the path of the page is as wanted.
  public void awaitPath(Predicate<String> wanted) {
    await(() -> wanted.test(path()), "another page than " + path());
  }

  private void await(Callable<Boolean> condition, String what) {
    Patience.await()
        .alias(what)
        .ignoreException(StaleElementReferenceException.class)
        .until(condition);
  }

  /// Presses keys, one after another.
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /// Tabs to a control, as people without a mouse do.
  ///
  /// @param selector what it is
  /// @throws AssertionError if the keyboard does not reach it
  public void tabTo(String selector) {
    List<WebElement> wanted = driver.findElements(By.cssSelector(selector));
    for (int i = 0; i < MOST_TABS; i++) {
      if (wanted.contains(driver.switchTo().activeElement())) {
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("The keyboard reaches no " + selector + " of " + path());
  }

  /// Fills a field in.
  public void fill(String selector, String text) {
    tabTo(selector);
    new Actions(driver)
        .keyDown(Keys.CONTROL)
        .sendKeys("a")
        .keyUp(Keys.CONTROL)
        .sendKeys(text)
        .perform();
  }

  /// Presses Enter at a control.
  public void enter(String selector) {
    tabTo(selector);
    press(Keys.ENTER);
  }

  /// What axe finds wrong with the page, each with where it is.
  public List<String> violations() {
    List<String> found = new ArrayList<>();
    for (Rule rule : new AxeBuilder().analyze(driver).getViolations()) {
      rule.getNodes()
          .forEach(
              node -> found.add(rule.getId() + ": " + node.getTarget() + " " + node.getHtml()));
    }
    return found;
  }

  /// How far the page has moved under its reader after it was shown first.
  public double layoutShift() {
    Object shift =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            let sum = 0;
            new PerformanceObserver(list => {
              for (const entry of list.getEntries()) {
                sum += entry.value;
              }
            }).observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => setTimeout(() => done(sum), 0));
            """);
    return ((Number) Objects.requireNonNull(shift)).doubleValue();
  }

  /// What is wider than the window, but for what scrolls by itself.
  public List<String> overflowing() {
    Object found =
        driver.executeScript(
            """
            const width = document.documentElement.clientWidth;
            return document.documentElement.scrollWidth <= width ? [] :
              [...document.querySelectorAll("body *")]
                .filter(each => each.getBoundingClientRect().right > width + 1)
                .map(each => each.tagName + "." + each.className).slice(0, 5);
            """);
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }

  /// What the browser itself complained of: scripts and styles that were refused, and errors.
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /// Keeps a picture of the window.
  public void picture(Path file) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
