package dev.stipend.notification.silence;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.Hush;
import dev.stipend.budget.Severity;
import dev.stipend.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What suppresses notices at one instant when they are staged: what their alerts say, and the
/// silences that hold.
///
/// @param silences those that hold now, those that last longest first
public record Muting(List<Silence> silences) {
  /// Why a notice is not to be sent to a channel now. A recovery that is not sent now never is:
  /// nobody needs to hear that something is over that has been so for long.
  public Optional<Hush> of(AlertNotice notice, UUID channel) {
    Optional<Hush> hush = notice.hush().or(() -> silence(notice, channel).map(Muting::hush));
    return notice.purpose() == Purpose.RAISED
        ? hush
        : hush.map(found -> new Hush(found.upTo(), found.reason(), Period.FOREVER));
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
