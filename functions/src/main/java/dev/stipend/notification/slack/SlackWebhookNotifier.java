package dev.stipend.notification.slack;

import com.slack.api.Slack;
import com.slack.api.util.json.GsonFactory;
import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.channel.ChannelSecrets;
import dev.stipend.notification.channel.ChannelSecrets.Secret;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.send.NetworkFailure;
import dev.stipend.notification.send.PacedNotifier;
import dev.stipend.notification.send.Preparable;
import dev.stipend.notification.send.RetryAfter;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.Tenant;
import dev.stipend.platform.wording.OneLine;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Posts to an incoming webhook of Slack.
@Singleton
public class SlackWebhookNotifier implements PacedNotifier, Preparable {
  private static final String VARIABLE = "SLACK_WEBHOOK_URL";
  private static final String URL_SECRET = "urlSecret";
  private static final int LONGEST_ANSWER = 200;

  private final ChannelSecrets secrets;
  private final BeanProvider<Slack> slack;
  private final Duration pace;

  /// @param pace Slack's own limit is one message a second to a channel
  public SlackWebhookNotifier(
      ChannelSecrets secrets, BeanProvider<Slack> slack, @Value("${slack.pace:1s}") Duration pace) {
    this.secrets = secrets;
    this.slack = slack;
    this.pace = pace;
  }

  @Override
  public void prepare() {
    Slack _ = slack.get();
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.SLACK_WEBHOOK;
  }

  @Override
  public boolean isConfigured() {
    return secrets.has(VARIABLE);
  }

  @Override
  public Map<String, String> readConfig(
      JsonFields config, Tenant tenant, Map<String, String> before) {
    return SecretName.read(config, URL_SECRET, tenant)
        .map(name -> Map.of(URL_SECRET, name))
        .orElse(Map.of());
  }

  @Override
  public Map<String, String> standIns() {
    return Map.of(URL_SECRET, VARIABLE);
  }

  @Override
  public Duration pace() {
    return pace;
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    return send(channel, SlackMessage.of(AlertMessage.of(channel, snapshot)));
  }

  @Override
  public SendOutcome send(Channel channel, AlertDigest digest) {
    return send(channel, SlackMessage.of(digest, channel));
  }

  @Override
  public SendOutcome send(Channel channel, ChannelNotice notice) {
    return send(channel, SlackMessage.of(notice));
  }

  @Override
  public String preview(Channel channel, AlertSnapshot snapshot) {
    return GsonFactory.createSnakeCase()
        .toJson(payload(SlackMessage.of(AlertMessage.of(channel, snapshot))));
  }

  private SendOutcome send(Channel channel, SlackMessage message) {
    return switch (secrets.of(channel, URL_SECRET, VARIABLE)) {
      case Secret.None none -> new SendOutcome.Failed(none.reason());
      case Secret.Value secret ->
          WebhookUrl.parse(secret.name(), secret.value())
              .map(url -> post(url, message))
              .orElseGet(() -> malformed(secret.name()));
    };
  }

  private SendOutcome post(WebhookUrl url, SlackMessage message) {
    try {
      return outcome(url, slack.get().send(url.value(), payload(message)));
    } catch (IOException unreachable) {
      return new SendOutcome.Retry(
          "Slack could not be reached: " + NetworkFailure.describe(unreachable), Optional.empty());
    }
  }

  private static Payload payload(SlackMessage message) {
    return Payload.builder()
        .text(message.text())
        .blocks(message.blocks())
        .unfurlLinks(false)
        .unfurlMedia(false)
        .build();
  }

  private static SendOutcome malformed(String variable) {
    return new SendOutcome.Failed(variable + " is not a web address");
  }

  private static SendOutcome outcome(WebhookUrl url, WebhookResponse response) {
    int status = response.getCode();
    String body = OneLine.shorten(url.redact(response.getBody()), LONGEST_ANSWER);
    if (status == 200 && body.equals("ok")) {
      return new SendOutcome.Sent(Optional.empty());
    }
    String reason =
        "Slack answered %d%s for the webhook of %s"
            .formatted(status, body.isEmpty() ? "" : " (" + body + ")", url.variable());
    return SendOutcome.mayPass(status)
        ? new SendOutcome.Retry(
            reason, RetryAfter.of(header(response, "retry-after"), header(response, "date")))
        : new SendOutcome.Failed(reason);
  }

  /// The SDK hands headers over with their names in lower case.
  private static @Nullable String header(WebhookResponse response, String name) {
    Map<String, List<String>> headers = response.getHeaders();
    return headers.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
  }
}
