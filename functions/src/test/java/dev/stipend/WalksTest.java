package dev.stipend;

import static dev.stipend.ArchitectureTest.CLASSES;
import static dev.stipend.ArchitectureTest.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The walks of `docs/architecture.md` are true, stop by stop.
final class WalksTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "architecture.md");
  private static final Pattern WALK = Pattern.compile("(?ms)^### (.+?)\n(.+?)(?=^##|\\z)");
  private static final Pattern STOP = Pattern.compile("(?m)^\\d+\\. `([\\w.]+)\\.(\\w+)` ");
  private static final List<String> DOORS = List.of(ROOT + "lambda", ROOT + "http.reservation");

  private record Stop(JavaClass type, String method) {
    boolean isADoor() {
      return DOORS.contains(type.getPackageName());
    }

    /// Whether the class, or one that is written inside of it, knows the other or a port of it.
    boolean leadsTo(Stop next) {
      return CLASSES.stream()
          .filter(each -> outermost(each).equals(type))
          .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
          .map(dependency -> outermost(dependency.getTargetClass()))
          .anyMatch(
              known -> known.equals(next.type) || next.type.getAllRawInterfaces().contains(known));
    }

    private static JavaClass outermost(JavaClass type) {
      return type.getEnclosingClass().map(Stop::outermost).orElse(type);
    }
  }

  private static List<Stop> walk(String title) throws IOException {
    String stops =
        WALK.matcher(Files.readString(DOCUMENT))
            .results()
            .filter(walk -> walk.group(1).equals(title))
            .map(walk -> walk.group(2))
            .findFirst()
            .orElseThrow();
    return STOP.matcher(stops).results().map(WalksTest::stop).toList();
  }

  private static Stop stop(MatchResult line) {
    return new Stop(CLASSES.get(ROOT + line.group(1)), line.group(2));
  }

  @ParameterizedTest
  @CsvSource({"Event to Slack message, 18", "Reserve to settle, 14", "Deploy, 14"})
  void aWalkIsShort(String title, int most) throws IOException {
    assertThat(walk(title)).hasSizeBetween(8, most);
  }

  @TestFactory
  Stream<DynamicTest> eachStopExistsAndIsReachedFromOneBefore() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String title : List.of("Event to Slack message", "Reserve to settle", "Deploy")) {
      List<Stop> stops = walk(title);
      for (int i = 0; i < stops.size(); i++) {
        Stop stop = stops.get(i);
        List<Stop> before = stops.subList(0, i);
        tests.add(
            DynamicTest.dynamicTest(
                title + ": " + stop.type().getSimpleName() + "." + stop.method(),
                () -> {
                  assertThat(stop.type().getMethods())
                      .anyMatch(method -> method.getName().equals(stop.method()));
                  assertThat(stop.isADoor() || before.stream().anyMatch(each -> each.leadsTo(stop)))
                      .as("is reached from a stop before it")
                      .isTrue();
                }));
      }
    }
    return tests.stream();
  }
}
