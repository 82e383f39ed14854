package dev.stipend.notify;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.Hush;
import dev.stipend.budget.Severity;
import dev.stipend.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What keeps notices silent at one instant: what their alerts say, the silences that hold, and
/// that people know better already.
///
/// @param silences those that hold now, those that last longest first
/// @param known how people know of the higher lines that have spoken for the notices' alerts
record Muting(List<Silence> silences, Set<DeliveryKey> known) {
  /// Why a notice is not to be told to a channel now. A recovery that is not told now is told
  /// never: nobody needs to hear that something is over that has been so for long.
  Optional<Hush> of(AlertNotice notice, UUID channel) {
    Optional<Hush> hush =
        notice
            .hush()
            .or(() -> silence(notice, channel).map(Muting::hush))
            .or(() -> higher(notice, channel));
    return notice.purpose() == Purpose.RAISED
        ? hush
        : hush.map(found -> new Hush(found.upTo(), found.reason(), Period.FOREVER));
  }

  /// Whether a channel knows of a higher line instead.
  boolean isOldNews(AlertNotice notice, UUID channel) {
    return higher(notice, channel).isPresent();
  }

  private Optional<Hush> higher(AlertNotice notice, UUID channel) {
    UUID workspace = notice.counter().workspaceId();
    return notice.spokenForBy().stream()
        .filter(
            alert -> known.contains(new DeliveryKey(workspace, alert, channel, notice.purpose())))
        .findFirst()
        .map(alert -> Hush.forGood("a higher line was told instead, by alert " + alert));
  }

  private Optional<Silence> silence(AlertNotice notice, UUID channel) {
    return silences.stream()
        .filter(silence -> silence.workspaceId().equals(notice.counter().workspaceId()))
        .filter(silence -> silence.matcher().fits(notice.snapshot().budget(), channel))
        .findFirst();
  }

  private static Hush hush(Silence silence) {
    return new Hush(
        Severity.CRITICAL,
        "silence %s until %s: %s".formatted(silence.id(), silence.until(), silence.reason()),
        silence.until());
  }
}
