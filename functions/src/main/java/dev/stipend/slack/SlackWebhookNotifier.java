package dev.stipend.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.webhook.WebhookResponse;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.json.JsonFields;
import dev.stipend.notify.AlertText;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelKind;
import dev.stipend.notify.NetworkFailure;
import dev.stipend.notify.Notifier;
import dev.stipend.notify.OneLine;
import dev.stipend.notify.RetryAfter;
import dev.stipend.notify.SecretName;
import dev.stipend.notify.Secrets;
import dev.stipend.notify.SendOutcome;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Posts to an incoming webhook of Slack.
@Singleton
public class SlackWebhookNotifier implements Notifier {
  private static final String VARIABLE = "SLACK_WEBHOOK_URL";
  private static final String URL_SECRET = "urlSecret";
  private static final int LONGEST_ANSWER = 200;

  private final Secrets secrets;
  private final Slack slack;

  /// @param timeout how long one message may take in all
  public SlackWebhookNotifier(Secrets secrets, @Value("${slack.timeout:10s}") Duration timeout) {
    this.secrets = secrets;
    this.slack = Slack.getInstance(config(timeout));
  }

  private static SlackConfig config(Duration timeout) {
    int millis = Math.toIntExact(timeout.toMillis());
    SlackConfig config = new SlackConfig();
    config.setHttpClientCallTimeoutMillis(millis);
    config.setHttpClientReadTimeoutMillis(millis);
    config.setHttpClientWriteTimeoutMillis(millis);
    // The SDK's own listeners log the webhook's address, and its statistics keep threads.
    config.setHttpClientResponseHandlers(List.of());
    config.setStatsEnabled(false);
    return config;
  }

  @PreDestroy
  void close() throws Exception {
    slack.close();
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
  public Map<String, String> readConfig(JsonFields config) {
    return SecretName.read(config, URL_SECRET)
        .map(name -> Map.of(URL_SECRET, name))
        .orElse(Map.of());
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    String variable = channel.config().getOrDefault(URL_SECRET, VARIABLE);
    Optional<String> secret = secrets.find(variable).filter(value -> !value.isBlank());
    if (secret.isEmpty()) {
      return new SendOutcome.Failed(variable + " is not set");
    }
    return WebhookUrl.parse(variable, secret.get())
        .map(url -> post(url, AlertText.of(channel, snapshot)))
        .orElseGet(() -> malformed(variable));
  }

  private SendOutcome post(WebhookUrl url, AlertText text) {
    try {
      return outcome(url, slack.send(url.value(), SlackMessage.of(text)));
    } catch (IOException unreachable) {
      return new SendOutcome.Retry(
          "Slack could not be reached: " + NetworkFailure.describe(unreachable), Optional.empty());
    }
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
    boolean mayPass = status == 408 || status == 429 || status >= 500;
    return mayPass
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
