package dev.stipend.oracle;

/// A channel of a story.
enum Place {
  /// A webhook, which tells all there is to know.
  HOOK("Hook", "webhook"),
  /// A Slack webhook, which gets digests.
  SLACK("Slack", "slack_webhook"),
  /// The mailbox that is told what others could not be told. No budget names it.
  FALLBACK("Fallback", "email");

  final String title;
  final String kind;

  Place(String title, String kind) {
    this.title = title;
    this.kind = kind;
  }

  String path() {
    return "/oracle/" + title;
  }

  /// The name of the secret with its address, as properties are written.
  String property() {
    return "oracle." + title.toLowerCase(java.util.Locale.ROOT) + ".url";
  }

  String secret() {
    return "ORACLE_" + title.toUpperCase(java.util.Locale.ROOT) + "_URL";
  }
}
