package dev.stipend.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Random stories, judged from outside, as many as `-Dstipend.oracle.stories=2000` says. A single
/// one, shortened to what matters: `-Dstipend.oracle.story=35`; for a certain kind of complaint,
/// also `-Dstipend.oracle.kind=TWICE`.
final class OracleTest {
  private static final int STORIES = 200;

  private static Theatre theatre;

  @BeforeAll
  static void open() {
    theatre = new Theatre();
  }

  @AfterAll
  static void close() {
    theatre.close();
  }

  @Test
  void nobodyIsLeftUntold() {
    Long one = Long.getLong("stipend.oracle.story");
    if (one != null) {
      judge(one);
      return;
    }
    Map<String, List<String>> complaints = new TreeMap<>();
    long stories = Long.getLong("stipend.oracle.stories", STORIES);
    long wrong =
        LongStream.rangeClosed(1, stories)
            .mapToObj(StoryTeller::tell)
            .filter(story -> complain(story, complaints))
            .count();
    assertThat(complaints)
        .as(() -> "%d of %d stories%s".formatted(wrong, stories, summary(complaints)))
        .isEmpty();
  }

  private static boolean complain(Story story, Map<String, List<String>> all) {
    List<Complaint> complaints = theatre.play(story);
    complaints.stream()
        .collect(Collectors.groupingBy(Complaint::group))
        .forEach(
            (group, some) ->
                all.computeIfAbsent(group, key -> new ArrayList<>())
                    .add(story.name() + ": " + some.getFirst().text()));
    return !complaints.isEmpty();
  }

  private static void judge(long seed) {
    Story story = StoryTeller.tell(seed);
    List<Complaint> complaints = theatre.play(story);
    if (!complaints.isEmpty()) {
      Complaint.Kind kind =
          Optional.ofNullable(System.getProperty("stipend.oracle.kind"))
              .map(Complaint.Kind::valueOf)
              .orElse(complaints.getFirst().kind());
      Story shortest = theatre.shorten(story, kind);
      assertThat(complaints)
          .as(
              "%s\n  %s\nthe shortest:\n%s\n  %s",
              story.name(), Theatre.text(story), Theatre.text(shortest), theatre.play(shortest))
          .isEmpty();
    }
  }

  private static String summary(Map<String, List<String>> complaints) {
    return complaints.entrySet().stream()
        .map(
            each ->
                "%s in %d stories, such as\n  %s"
                    .formatted(
                        each.getKey(),
                        each.getValue().size(),
                        each.getValue().stream().limit(3).collect(Collectors.joining("\n  "))))
        .collect(Collectors.joining("\n\n", "\n", "\n"));
  }
}
