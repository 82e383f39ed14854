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

final class DueDeliveryTest {
  private static final UUID DIGEST = new UUID(7, 7);

  private static List<DueDelivery> due(int count, @Nullable UUID digest) {
    return IntStream.range(0, count)
        .mapToObj(
            id -> new DueDelivery(new UUID(1, id), Purpose.RAISED, Optional.ofNullable(digest)))
        .toList();
  }

  @Test
  void upToFiveAreToldOneByOne() {
    assertThat(DueDelivery.next(due(5, null))).isEqualTo(due(1, null));
  }

  @Test
  void moreThanFiveAreToldAtOnce() {
    assertThat(DueDelivery.next(due(6, null))).isEqualTo(due(6, null));
  }

  @Test
  void oneMessageListsAHundredAtMost() {
    assertThat(DueDelivery.next(due(1000, null))).isEqualTo(due(100, null));
  }

  @Test
  void aDigestIsRepeatedAsItWasWhateverElseIsDue() {
    List<DueDelivery> due = Stream.concat(due(3, DIGEST).stream(), due(50, null).stream()).toList();
    assertThat(DueDelivery.next(due)).isEqualTo(due(3, DIGEST));
  }

  @Test
  void aNewDigestTakesNothingOfAnOldOne() {
    List<DueDelivery> due = Stream.concat(due(6, null).stream(), due(3, DIGEST).stream()).toList();
    assertThat(DueDelivery.next(due)).isEqualTo(due(6, null));
  }
}
