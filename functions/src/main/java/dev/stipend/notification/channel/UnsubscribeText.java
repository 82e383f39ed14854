package dev.stipend.notification.channel;

import dev.stipend.notification.message.Languages;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.OneLine;
import dev.stipend.tenant.Workspace;
import java.util.List;
import java.util.Locale;

/// What is said about readers who leave a channel. Nothing is escaped yet.
public final class UnsubscribeText {
  private static final int LONGEST_NAME = 200;

  private final MessageCatalog words;

  private UnsubscribeText(MessageCatalog words) {
    this.words = words;
  }

  static UnsubscribeText of(Channel channel, Workspace workspace) {
    return new UnsubscribeText(new MessageCatalog(Languages.of(channel, workspace.locale())));
  }

  /// For who has come by a link that leads to no channel.
  public static UnsubscribeText ofNobody() {
    return new UnsubscribeText(new MessageCatalog(Locale.ENGLISH));
  }

  /// The language of it, as a tag.
  public String language() {
    return words.locale().toLanguageTag();
  }

  /// As in `Stop emails from channel "Ops" to bea@example.com?`.
  public String question(Channel channel, String address) {
    return words.say("unsubscribe.question", name(channel), address);
  }

  /// What to write on the button.
  public String button() {
    return words.say("unsubscribe.button");
  }

  /// For the one who has left.
  public String done(Channel channel, String address) {
    return words.say("unsubscribe.done", name(channel), address);
  }

  /// For who has come by a link that leads nowhere.
  public String unknown() {
    return words.say("unsubscribe.unknown");
  }

  /// For those who stay, in one line.
  String title(Channel channel, String address) {
    return words.say("unsubscribed.title", address, name(channel));
  }

  /// For those who stay.
  String text(List<String> left) {
    return words.say("unsubscribed.how")
        + " "
        + (left.isEmpty()
            ? words.say("unsubscribed.nobody")
            : words.say("unsubscribed.left", String.join(", ", left)));
  }

  private static String name(Channel channel) {
    return OneLine.shorten(OneLine.of(channel.name()), LONGEST_NAME);
  }
}
