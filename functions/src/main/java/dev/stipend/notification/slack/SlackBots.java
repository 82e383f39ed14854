package dev.stipend.notification.slack;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelSecrets;
import dev.stipend.notification.channel.ChannelSecrets.Secret;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The bots of channels: who posts, and where.
@Singleton
public final class SlackBots {
  static final String TOKEN = "SLACK_BOT_TOKEN";
  static final String TARGET = "SLACK_CHANNEL";
  static final String TOKEN_SECRET = "tokenSecret";
  static final String CHANNEL = "channel";

  private final ChannelSecrets secrets;

  public SlackBots(ChannelSecrets secrets) {
    this.secrets = secrets;
  }

  boolean isConfigured() {
    return secrets.has(TOKEN) && secrets.has(TARGET);
  }

  /// The token of a channel's bot.
  Secret token(Channel channel) {
    return secrets.of(channel, TOKEN_SECRET, TOKEN);
  }

  /// Slack's methods, called by a channel's bot; empty if it has no token.
  Optional<MethodsClient> methods(Slack slack, Channel channel) {
    return token(channel) instanceof Secret.Value token
        ? Optional.of(slack.methods(token.value()))
        : Optional.empty();
  }

  /// Where a channel's messages go: the id of a channel or of a member.
  Secret target(Channel channel) {
    return secrets.setting(channel, CHANNEL, TARGET);
  }
}
