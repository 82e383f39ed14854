package dev.stipend.notification.slack;

/// Text in Slack's markup language.
final class Mrkdwn {
  private Mrkdwn() {}

  /// The text so that Slack shows it as it is. Characters that would format are replaced by ones
  /// that look alike, since Slack has no escape for them; a word joiner keeps `@here` from calling
  /// anybody.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('*', '∗')
        .replace('`', 'ˋ')
        .replace('~', '∼')
        .replaceAll("(?i)@(?=here|channel|everyone|group)", "@\u2060");
  }
}
