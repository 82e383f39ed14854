package dev.stipend.notification.delivery;

import dev.stipend.alert.AlertNotice.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A delivery that is due at a channel.
///
/// @param digest the digest it was sent with before, which did not come through or may not have
public record DueDelivery(UUID alertId, Purpose purpose, Optional<UUID> digest) {
  /// More than this many at once become one message.
  static final int STORM = 5;

  /// One message lists no more than this, so that providers take it and people can read it.
  static final int MOST_IN_A_DIGEST = 100;

  /// Those that the next message carries, of all that are due in the order of their importance. A
  /// digest that is repeated is the same digest.
  public static List<DueDelivery> next(List<DueDelivery> due) {
    if (due.isEmpty()) {
      return List.of();
    }
    Optional<UUID> repeated = due.getFirst().digest();
    if (repeated.isPresent()) {
      return due.stream().filter(each -> each.digest().equals(repeated)).toList();
    }
    List<DueDelivery> fresh = due.stream().filter(each -> each.digest().isEmpty()).toList();
    int most = fresh.size() > STORM ? MOST_IN_A_DIGEST : 1;
    return fresh.subList(0, Math.min(most, fresh.size()));
  }
}
