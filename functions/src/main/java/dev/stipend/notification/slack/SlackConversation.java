package dev.stipend.notification.slack;

import static com.slack.api.model.block.Blocks.input;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.plainTextInput;
import static com.slack.api.model.view.Views.viewClose;
import static com.slack.api.model.view.Views.viewSubmit;
import static com.slack.api.model.view.Views.viewTitle;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.view.View;
import dev.stipend.notification.interaction.AlertAction;
import dev.stipend.notification.interaction.Conversation;
import dev.stipend.notification.interaction.SentAlert;
import dev.stipend.notification.message.ActionReply;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.Labels;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Talks with the people who press buttons, by the bot that posted them. Slack waits three seconds
/// for the answer to a press, so each request has two at most.
@Singleton
class SlackConversation implements Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(SlackConversation.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int LONGEST_REASON = 500;

  /// Stands for the mention of a member while the text around it is escaped.
  private static final String MEMBER = "\u0001";

  private final SlackBots bots;
  private final SlackButtons buttons;
  private final Slack slack;

  SlackConversation(
      SlackBots bots,
      SlackButtons buttons,
      @Value("${slack.api.url:`https://slack.com/api/`}") String api) {
    this.bots = bots;
    this.buttons = buttons;
    this.slack = SlackClient.slack(PATIENCE, api);
  }

  @Override
  public boolean isAbout(SentAlert sent, String place, String message, String thread) {
    return PostedMessage.parse(sent.messageId())
        .filter(posted -> posted.channel().equals(place))
        .filter(posted -> posted.ts().equals(message) || posted.root().equals(thread))
        .isPresent();
  }

  @Override
  public void askWhy(SentAlert sent, String trigger, String ticket, String raising) {
    View view = dialog(ActionReply.of(sent.channel(), sent.snapshot()), ticket, raising);
    call(
        sent,
        "open a dialog",
        methods ->
            SlackAnswer.of(
                () -> methods.viewsOpen(request -> request.triggerId(trigger).view(view))));
  }

  private static View dialog(ActionReply text, String ticket, String raising) {
    return View.builder()
        .type("modal")
        .callbackId(Labels.of(AlertAction.RAISE))
        .privateMetadata(ticket)
        .title(viewTitle(t -> t.type("plain_text").text(text.dialog("title"))))
        .submit(viewSubmit(s -> s.type("plain_text").text(text.dialog("submit"))))
        .close(viewClose(c -> c.type("plain_text").text(text.dialog("close"))))
        .blocks(
            List.of(
                section(s -> s.text(plainText(raising))),
                input(
                    i ->
                        i.blockId("reason")
                            .label(plainText(text.dialog("reason")))
                            .element(
                                plainTextInput(
                                    e -> e.actionId("reason").maxLength(LONGEST_REASON))))))
        .build();
  }

  @Override
  public void show(
      SentAlert sent, String member, UnaryOperator<String> said, Set<AlertAction> open) {
    String answered = Mrkdwn.escape(said.apply(MEMBER)).replace(MEMBER, "<@" + member + ">");
    SlackMessage message =
        SlackMessage.of(
            AlertMessage.of(sent.channel(), sent.snapshot()),
            buttons.of(sent.channel(), sent.snapshot(), open),
            answered);
    PostedMessage.parse(sent.messageId())
        .ifPresent(
            posted ->
                call(
                    sent,
                    "show an answer",
                    methods -> SlackAnswer.of(() -> methods.chatUpdate(posted.showing(message)))));
  }

  @Override
  public void refuse(SentAlert sent, String member, String why) {
    PostedMessage.parse(sent.messageId())
        .ifPresent(
            posted ->
                call(
                    sent,
                    "explain why nothing was done",
                    methods ->
                        SlackAnswer.of(
                            () ->
                                methods.chatPostEphemeral(
                                    request ->
                                        request
                                            .channel(posted.channel())
                                            .user(member)
                                            .text(Mrkdwn.escape(why))))));
  }

  private <T extends SlackApiTextResponse> void call(
      SentAlert sent, String what, Function<MethodsClient, SlackAnswer<T>> call) {
    Optional<SlackAnswer<T>> answer = bots.methods(slack, sent.channel()).map(call);
    if (answer.flatMap(SlackAnswer::value).isEmpty()) {
      LOG.warn(
          "Slack did not {} in channel {}: {}",
          what,
          sent.channel().id(),
          answer.map(SlackAnswer::trouble).map(SendOutcome::toString).orElse("no token is set"));
    }
  }
}
