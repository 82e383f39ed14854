package dev.stipend.slack;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import dev.stipend.notify.Channel;
import dev.stipend.notify.Secrets;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The bots of channels: who posts, and where.
@Singleton
public final class SlackBots {
  static final String TOKEN = "SLACK_BOT_TOKEN";
  static final String TARGET = "SLACK_CHANNEL";
  static final String TOKEN_SECRET = "tokenSecret";
  static final String CHANNEL = "channel";

  private final Secrets secrets;

  public SlackBots(Secrets secrets) {
    this.secrets = secrets;
  }

  boolean isConfigured() {
    return secrets.has(TOKEN) && secrets.has(TARGET);
  }

  /// The name of the secret that holds a channel's token.
  static String tokenName(Channel channel) {
    return channel.config().getOrDefault(TOKEN_SECRET, TOKEN);
  }

  /// Slack's methods, called by a channel's bot; empty if it has no token.
  Optional<MethodsClient> methods(Slack slack, Channel channel) {
    return secrets.find(tokenName(channel)).map(slack::methods);
  }

  /// Where a channel's messages go: the id of a channel or of a member.
  Optional<String> target(Channel channel) {
    return Optional.ofNullable(channel.config().get(CHANNEL)).or(() -> secrets.find(TARGET));
  }
}
