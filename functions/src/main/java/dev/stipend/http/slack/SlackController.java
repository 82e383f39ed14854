package dev.stipend.http.slack;

import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.notification.channel.LimitRaisers;
import dev.stipend.notification.interaction.ActionTokens;
import dev.stipend.notification.interaction.AlertAction;
import dev.stipend.notification.interaction.AlertInteractions;
import dev.stipend.notification.interaction.AlertInteractions.Outcome;
import dev.stipend.notification.interaction.Conversation;
import dev.stipend.notification.interaction.SentAlert;
import dev.stipend.notification.interaction.SentAlerts;
import dev.stipend.notification.interaction.UsedSignatures;
import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.web.SentBody;
import dev.stipend.platform.wording.OneLine;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what people press in Slack. Not in the API's description: only Slack calls it, and signs
/// its requests instead of sending a key.
@Controller("/slack/interactions")
class SlackController {
  private static final Logger LOG = LoggerFactory.getLogger(SlackController.class);
  private static final int LONGEST_REASON = 500;
  private static final int LONGEST_MEMBER = 40;

  /// What is longer is cut, and so is not what was signed.
  private static final int MOST = 1024 * 1024;

  private final Secrets secrets;
  private final UsedSignatures used;
  private final ActionTokens tickets;
  private final SentAlerts sent;
  private final AlertInteractions answers;
  private final Conversation conversation;
  private final InstantSource clock;

  SlackController(
      Secrets secrets,
      UsedSignatures used,
      ActionTokens tickets,
      SentAlerts sent,
      AlertInteractions answers,
      Conversation conversation,
      InstantSource clock) {
    this.secrets = secrets;
    this.used = used;
    this.tickets = tickets;
    this.sent = sent;
    this.answers = answers;
    this.conversation = conversation;
    this.clock = clock;
  }

  /// Does what somebody pressed. Slack is told that it has arrived; the person, in Slack, what came
  /// of it.
  @Post(consumes = MediaType.ALL)
  HttpResponse<?> press(HttpRequest<?> request) {
    Instant now = clock.instant();
    byte[] body = SentBody.bytes(request, MOST);
    verify(request, body, now);
    Optional<SlackInteraction> press =
        SlackInteraction.read(body).filter(SlackController::isByAMember);
    Optional<SentAlert> alert =
        press.flatMap(read -> tickets.read(read.ticket()).flatMap(sent::find));
    if (press.isPresent() && press.get().answer().isPresent()) {
      alert
          .filter(found -> isFrom(press.get(), found))
          .ifPresentOrElse(
              found -> answer(press.get().answer().get(), press.get(), found, now),
              () -> LOG.warn("An action in Slack refers to a message that was never sent"));
    }
    return HttpResponse.ok();
  }

  private static boolean isByAMember(SlackInteraction press) {
    boolean isMember = LimitRaisers.isMember(press.member());
    if (!isMember) {
      LOG.warn(
          "An action in Slack is ignored: {} is not a member id",
          PrintableText.of(press.member(), LONGEST_MEMBER));
    }
    return isMember;
  }

  private void verify(HttpRequest<?> request, byte[] body, Instant now) {
    String secret =
        secrets
            .find(ActionTokens.SECRET)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemKind.NOT_FOUND,
                        "Slack actions are not enabled: set " + ActionTokens.SECRET + "."));
    byte[] signature =
        SlackSignature.verify(
                secret,
                request.getHeaders().get(SlackSignature.TIME_HEADER, String.class).orElse(""),
                request.getHeaders().get(SlackSignature.HEADER, String.class).orElse(""),
                body,
                now)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemKind.UNAUTHENTICATED,
                        "The request is not signed by Slack with the secret in "
                            + ActionTokens.SECRET
                            + ", or is older than five minutes."));
    if (!used.use(signature, now)) {
      throw new ProblemException(ProblemKind.UNAUTHENTICATED, "This request was processed before.");
    }
  }

  /// A dialog has no message: its ticket is what it was opened with.
  private boolean isFrom(SlackInteraction press, SentAlert alert) {
    return press.reason().isPresent()
        ? press.answer().equals(Optional.of(AlertAction.RAISE))
        : conversation.isAbout(alert, press.place(), press.message(), press.thread());
  }

  private void answer(AlertAction answer, SlackInteraction press, SentAlert alert, Instant now) {
    String actor = "slack member " + press.member();
    switch (answer) {
      case ACKNOWLEDGE -> tell(press, alert, answers.acknowledge(alert, actor, now), now);
      case SNOOZE_HOUR ->
          tell(press, alert, answers.snooze(alert, now.plus(Duration.ofHours(1)), actor, now), now);
      case SNOOZE_RESET ->
          tell(
              press,
              alert,
              answers.snooze(alert, alert.snapshot().period().end(), actor, now),
              now);
      case RAISE -> raise(press, alert, actor, now);
    }
  }

  private void raise(SlackInteraction press, SentAlert alert, String actor, Instant now) {
    if (!LimitRaisers.include(alert.channel(), press.member())) {
      LOG.warn(
          "Slack member {} may not raise the limit of alert {}: raiseMembers of channel {} does"
              + " not name them",
          press.member(),
          alert.snapshot().alert().id(),
          alert.channel().id());
      tell(press, alert, answers.mayNotRaise(alert), now);
      return;
    }
    if (press.reason().isEmpty()) {
      answers
          .raising(alert, now)
          .ifPresentOrElse(
              raising -> conversation.askWhy(alert, press.trigger(), press.ticket(), raising),
              () -> tell(press, alert, answers.notRaised(alert), now));
      return;
    }
    String reason = OneLine.shorten(OneLine.of(press.reason().get()), LONGEST_REASON);
    tell(press, alert, answers.raise(alert, reason.isEmpty() ? "-" : reason, actor, now), now);
  }

  private void tell(SlackInteraction press, SentAlert alert, Outcome outcome, Instant now) {
    switch (outcome) {
      case Outcome.Done done ->
          conversation.show(alert, press.member(), done.said(), answers.open(alert, now));
      case Outcome.Refused refused -> conversation.refuse(alert, press.member(), refused.why());
    }
  }
}
