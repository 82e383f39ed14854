package dev.stipend.notification.review;

import dev.stipend.alert.ActionOutcome;
import dev.stipend.alert.AlertActions;
import dev.stipend.notification.delivery.RequestedResends;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Does what people ask of an alert, and writes down who it was and what the alert was before and
/// after, in one transaction.
@Singleton
public class AlertHandling {
  private final AlertActions actions;
  private final RequestedResends resending;
  private final AlertReview review;
  private final AuditLog audit;
  private final JsonText json;

  AlertHandling(
      AlertActions actions,
      RequestedResends resending,
      AlertReview review,
      AuditLog audit,
      JsonText json) {
    this.actions = actions;
    this.resending = resending;
    this.review = review;
    this.audit = audit;
    this.json = json;
  }

  /// What came of it.
  public sealed interface Outcome {
    /// It is done.
    ///
    /// @param alert as it is now
    record Done(AlertResponse alert) implements Outcome {}

    /// The workspace has no such alert.
    record Missing() implements Outcome {}

    /// Nothing can be done about an alert that is not open any more.
    record Over(AlertResponse alert) implements Outcome {}

    /// None of its deliveries was sent or has failed, or their channels are gone.
    record NothingToResend(AlertResponse alert) implements Outcome {}
  }

  /// Somebody has seen it: it is silent until it resolves or gets worse.
  @Transactional
  public Outcome acknowledge(UUID workspace, UUID id, String actor, Instant now) {
    return act(
        workspace,
        id,
        new AuditEvent(actor, "alert.acknowledge", target(id)),
        now,
        before -> refusal(actions.acknowledge(workspace, id, actor, now), before));
  }

  /// Keeps it silent until an instant. It is notified once more if it still holds then.
  @Transactional
  public Outcome snooze(UUID workspace, UUID id, Instant until, String actor, Instant now) {
    return act(
        workspace,
        id,
        new AuditEvent(actor, "alert.snooze", target(id)),
        now,
        before -> refusal(actions.snooze(workspace, id, until, now), before));
  }

  /// Has those of its deliveries sent again that were sent or have failed.
  @Transactional
  public Outcome resend(UUID workspace, UUID id, String actor, Instant now) {
    return act(
        workspace,
        id,
        new AuditEvent(actor, "alert.resend", target(id)),
        now,
        before ->
            resending.again(workspace, id, now) == 0
                ? Optional.of(new Outcome.NothingToResend(before))
                : Optional.empty());
  }

  /// @param refusal does it; empty if it is done
  private Outcome act(
      UUID workspace,
      UUID id,
      AuditEvent deed,
      Instant now,
      Function<AlertResponse, Optional<Outcome>> refusal) {
    Optional<AlertResponse> before = review.find(workspace, id);
    if (before.isEmpty()) {
      return new Outcome.Missing();
    }
    Optional<Outcome> refused = refusal.apply(before.get());
    if (refused.isPresent()) {
      return refused.get();
    }
    AlertResponse after = review.find(workspace, id).orElseThrow();
    audit.write(
        workspace,
        new AuditEvent(
            deed.actor(),
            deed.action(),
            deed.target(),
            Optional.of(json.write(before.get())),
            Optional.of(json.write(after))),
        now);
    return new Outcome.Done(after);
  }

  private static Optional<Outcome> refusal(ActionOutcome outcome, AlertResponse before) {
    return switch (outcome) {
      case DONE -> Optional.empty();
      case UNKNOWN -> Optional.of(new Outcome.Missing());
      case CLOSED -> Optional.of(new Outcome.Over(before));
    };
  }

  private static String target(UUID id) {
    return "alert " + id;
  }
}
