package dev.stipend.notification.slack;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.util.json.GsonFactory;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.channel.ChannelSecrets.Secret;
import dev.stipend.notification.channel.LimitRaisers;
import dev.stipend.notification.delivery.EarlierMessages;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.send.PacedNotifier;
import dev.stipend.notification.send.Preparable;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.Tenant;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Posts as a bot: to a channel, or to a member directly. What belongs together is in one thread,
/// and a message whose alert is over says so itself.
@Singleton
public class SlackBotNotifier implements PacedNotifier, Preparable {
  private static final Pattern PLACE = Pattern.compile("[CGDUW][A-Z0-9]{2,20}");
  private static final int LONGEST_PLACE = 80;

  /// Errors that say that the thread is gone, and not the channel.
  private static final Set<String> NO_THREAD =
      Set.of(
          "thread_not_found",
          "message_not_found",
          "invalid_thread_ts",
          "thread_locked",
          "cannot_reply_to_message");

  private final SlackBots bots;
  private final SlackButtons buttons;
  private final BeanProvider<Slack> slack;
  private final Duration pace;

  /// @param pace Slack's own limit is one message a second to a channel
  public SlackBotNotifier(
      SlackBots bots,
      SlackButtons buttons,
      BeanProvider<Slack> slack,
      @Value("${slack.pace:1s}") Duration pace) {
    this.bots = bots;
    this.buttons = buttons;
    this.slack = slack;
    this.pace = pace;
  }

  @Override
  public void prepare() {
    Slack _ = slack.get();
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.SLACK_BOT;
  }

  @Override
  public boolean isConfigured() {
    return bots.isConfigured();
  }

  @Override
  public Map<String, String> readConfig(
      JsonFields config, Tenant tenant, Map<String, String> before) {
    Map<String, String> read = new HashMap<>();
    SecretName.read(config, SlackBots.TOKEN_SECRET, tenant)
        .ifPresent(name -> read.put(SlackBots.TOKEN_SECRET, name));
    config
        .text(SlackBots.CHANNEL, LONGEST_PLACE)
        .ifPresent(
            place -> {
              if (!PLACE.matcher(place).matches()) {
                config.error(
                    SlackBots.CHANNEL,
                    "must be the id of a channel or a member in Slack, such as C0123456789 or"
                        + " U0123456789: Slack shows it at the end of their details");
              }
              read.put(SlackBots.CHANNEL, place);
            });
    read.putAll(LimitRaisers.readConfig(config));
    return read;
  }

  @Override
  public Map<String, String> standIns() {
    return Map.of(SlackBots.TOKEN_SECRET, SlackBots.TOKEN, SlackBots.CHANNEL, SlackBots.TARGET);
  }

  @Override
  public Duration pace() {
    return pace;
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    return send(channel, snapshot, EarlierMessages.NONE);
  }

  @Override
  public SendOutcome send(Channel channel, AlertDigest digest) {
    return post(channel, SlackMessage.of(digest, channel), digest.id(), Optional.empty(), false);
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot, EarlierMessages earlier) {
    AlertMessage text = AlertMessage.of(channel, snapshot);
    SlackMessage message = SlackMessage.of(text, buttons.of(channel, snapshot), "");
    Optional<PostedMessage> root = earlier.first().flatMap(PostedMessage::parse);
    if (text.isRecovered()) {
      Optional<SendOutcome> trouble =
          earlier
              .original()
              .flatMap(PostedMessage::parse)
              .flatMap(original -> update(channel, original, message));
      if (trouble.isPresent()) {
        return trouble.get();
      }
    }
    // What is worse than before is to be seen by those who do not follow the thread.
    return post(channel, message, snapshot.id(), root, !text.isRecovered());
  }

  @Override
  public SendOutcome send(Channel channel, ChannelNotice notice) {
    return post(channel, SlackMessage.of(notice), notice.id(), Optional.empty(), false);
  }

  @Override
  public String preview(Channel channel, AlertSnapshot snapshot) {
    SlackMessage message =
        SlackMessage.of(AlertMessage.of(channel, snapshot), buttons.of(channel, snapshot), "");
    return GsonFactory.createSnakeCase()
        .toJson(request(SlackBots.TARGET, message, snapshot.id(), Optional.empty(), false));
  }

  @Override
  public void complete(Channel channel, AlertSnapshot snapshot, String messageId) {
    AlertMessage text = AlertMessage.of(channel, snapshot);
    if (!text.isRecovered()) {
      PostedMessage.parse(messageId)
          .ifPresent(
              posted ->
                  bots.methods(slack.get(), channel)
                      .ifPresent(methods -> SlackChart.show(methods, posted, text)));
    }
  }

  /// Has the message that raised an alert say that it is over. Answers what keeps it from doing so,
  /// if it may work later: a message that is gone needs no update.
  private Optional<SendOutcome> update(
      Channel channel, PostedMessage original, SlackMessage message) {
    return bots.methods(slack.get(), channel)
        .map(methods -> SlackAnswer.of(() -> methods.chatUpdate(original.showing(message))))
        .map(SlackAnswer::trouble)
        .filter(SendOutcome.Retry.class::isInstance);
  }

  private SendOutcome post(
      Channel channel,
      SlackMessage message,
      String eventId,
      Optional<PostedMessage> root,
      boolean isForAll) {
    return switch (bots.token(channel)) {
      case Secret.None none -> new SendOutcome.Failed(none.reason());
      case Secret.Value token ->
          switch (bots.target(channel)) {
            case Secret.None none -> new SendOutcome.Failed(none.reason());
            case Secret.Value target ->
                post(
                    slack.get().methods(token.value()),
                    target.value(),
                    message,
                    eventId,
                    root,
                    isForAll);
          };
    };
  }

  private static SendOutcome post(
      MethodsClient methods,
      String target,
      SlackMessage message,
      String eventId,
      Optional<PostedMessage> root,
      boolean isForAll) {
    Optional<PostedMessage> thread = root.filter(first -> isIn(first, target));
    SlackAnswer<ChatPostMessageResponse> answer =
        post(methods, request(target, message, eventId, thread, isForAll));
    if (thread.isPresent() && NO_THREAD.contains(answer.error())) {
      thread = Optional.empty();
      answer = post(methods, request(target, message, eventId, thread, isForAll));
    }
    Optional<String> inThread = thread.map(PostedMessage::root);
    return answer
        .value()
        .<SendOutcome>map(
            posted ->
                new SendOutcome.Sent(
                    Optional.of(
                        new PostedMessage(posted.getChannel(), posted.getTs(), inThread)
                            .toString())))
        .orElse(answer.trouble());
  }

  /// A channel may be edited to go elsewhere; its threads stay where they are.
  private static boolean isIn(PostedMessage first, String target) {
    boolean isChannel = target.startsWith("C") || target.startsWith("G");
    return !isChannel || first.channel().equals(target);
  }

  private static SlackAnswer<ChatPostMessageResponse> post(
      MethodsClient methods, ChatPostMessageRequest request) {
    return SlackAnswer.of(() -> methods.chatPostMessage(request));
  }

  private static ChatPostMessageRequest request(
      String target,
      SlackMessage message,
      String eventId,
      Optional<PostedMessage> thread,
      boolean isForAll) {
    return ChatPostMessageRequest.builder()
        .channel(target)
        .text(message.text())
        .blocks(message.blocks())
        .unfurlLinks(false)
        .unfurlMedia(false)
        .threadTs(thread.map(PostedMessage::root).orElse(null))
        .replyBroadcast(isForAll && thread.isPresent())
        // Slack has no idempotency key for posts; with this, programs can recognize repeats.
        .metadata(
            Message.Metadata.builder()
                .eventType("stipend_notice")
                .eventPayload(Map.of("event_id", eventId))
                .build())
        .build();
  }
}
