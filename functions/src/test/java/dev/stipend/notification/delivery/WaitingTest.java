package dev.stipend.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertNotice.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WaitingTest {
  private static final UUID DIGEST = new UUID(7, 7);

  private static List<Waiting> due(int count, @Nullable UUID digest) {
    return IntStream.range(0, count)
        .mapToObj(id -> new Waiting(new UUID(1, id), Purpose.RAISED, Optional.ofNullable(digest)))
        .toList();
  }

  @Test
  void upToFiveAreToldOneByOne() {
    assertThat(Waiting.next(due(5, null))).isEqualTo(due(1, null));
  }

  @Test
  void moreThanFiveAreToldAtOnce() {
    assertThat(Waiting.next(due(6, null))).isEqualTo(due(6, null));
  }

  @Test
  void oneMessageListsAHundredAtMost() {
    assertThat(Waiting.next(due(1000, null))).isEqualTo(due(100, null));
  }

  @Test
  void aDigestIsRepeatedAsItWasWhateverElseIsDue() {
    List<Waiting> due = Stream.concat(due(3, DIGEST).stream(), due(50, null).stream()).toList();
    assertThat(Waiting.next(due)).isEqualTo(due(3, DIGEST));
  }

  @Test
  void aNewDigestTakesNothingOfAnOldOne() {
    List<Waiting> due = Stream.concat(due(6, null).stream(), due(3, DIGEST).stream()).toList();
    assertThat(Waiting.next(due)).isEqualTo(due(6, null));
  }
}
