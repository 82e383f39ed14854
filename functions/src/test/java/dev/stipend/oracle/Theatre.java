package dev.stipend.oracle;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Plays stories, one after the other, on one database and two processes.
final class Theatre implements AutoCloseable {
  private static final int MONTHS = 5;

  private final Stipend stipend;
  private final Stipend other;

  Theatre() {
    stipend =
        new Stipend(
            TestServers.newDatabase(),
            Map.of(
                "slack.pace",
                "0s",
                "email.pace",
                "0s",
                Place.HOOK.property(),
                Inbox.url(Place.HOOK),
                Place.SLACK.property(),
                Inbox.url(Place.SLACK),
                "oracle.key",
                StipendExtension.WEBHOOK_SECRET,
                "smtp.url",
                "smtp://127.0.0.1:" + TestServers.MAIL.getSmtp().getPort(),
                "alert.from.email",
                "alerts@example.com"));
    stipend.database.keepSessions();
    other = stipend.another();
    Faults.install(stipend.database);
    for (int month = 0; month < MONTHS; month++) {
      stipend.clock.set(SettableClock.START.plus(Duration.ofDays(30L * month)));
      stipend.maintain("maintain");
    }
  }

  /// What must not have happened in a story.
  List<Complaint> play(Story story) {
    return play(story, heard -> {});
  }

  /// The same if the channels had heard otherwise.
  List<Complaint> play(Story story, Consumer<List<Heard>> change) {
    try {
      Stage stage = new Stage(stipend, other);
      story.steps().forEach(stage::play);
      List<Complaint> complaints = new ArrayList<>(new Judge(stage).midway());
      stage.settle();
      change.accept(stage.inbox.heard());
      complaints.addAll(new Judge(stage).atTheEnd());
      complaints.addAll(new Honesty(stage).judge());
      complaints.addAll(stage.failures);
      return complaints;
    } catch (Exception failure) {
      throw new IllegalStateException(story.name() + "\n" + text(story), failure);
    }
  }

  /// The shortest story that is found in which such a thing still happens.
  Story shorten(Story story, Complaint.Kind kind) {
    Story shortest = story;
    for (int size = story.steps().size() / 2; size > 0; size /= 2) {
      for (int from = shortest.steps().size() - size; from >= 0; from -= size) {
        Story shorter = shortest.without(from, from + size);
        if (play(shorter).stream().anyMatch(complaint -> complaint.kind() == kind)) {
          shortest = shorter;
          from = Math.min(from, shortest.steps().size());
        }
      }
    }
    return shortest;
  }

  static String text(Story story) {
    return story.steps().stream().map(step -> "    " + step).collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    other.close();
    stipend.close();
  }
}
