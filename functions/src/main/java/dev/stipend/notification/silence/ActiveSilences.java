package dev.stipend.notification.silence;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.Suppression;
import dev.stipend.budget.Severity;
import dev.stipend.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What suppresses notices at one instant when they are staged: what their alerts say, and the
/// silences that hold.
///
/// @param silences those that hold now, those that last longest first
public record ActiveSilences(List<Silence> silences) {
  /// Why a notice is not to be sent to a channel now. A recovery that is not sent now never is:
  /// nobody needs a notification that something ended long ago.
  public Optional<Suppression> of(AlertNotice notice, UUID channel) {
    Optional<Suppression> suppression =
        notice.suppression().or(() -> silence(notice, channel).map(ActiveSilences::suppress));
    return notice.purpose() == Purpose.RAISED
        ? suppression
        : suppression.map(found -> new Suppression(found.upTo(), found.reason(), Period.FOREVER));
  }

  private Optional<Silence> silence(AlertNotice notice, UUID channel) {
    return silences.stream()
        .filter(silence -> silence.workspaceId().equals(notice.counter().workspaceId()))
        .filter(silence -> silence.matcher().fits(notice.snapshot().budget(), channel))
        .findFirst();
  }

  private static Suppression suppress(Silence silence) {
    return new Suppression(
        Severity.CRITICAL,
        "silence %s until %s: %s".formatted(silence.id(), silence.until(), silence.reason()),
        silence.until());
  }
}
