package dev.stipend.notification.slack;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.context;
import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static com.slack.api.model.block.element.BlockElements.button;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.platform.wording.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A message as Block Kit. Keeps Slack's limits: one text too long, and Slack refuses the message.
///
/// @param text all of it in one line, for notifications and screen readers
record SlackMessage(String text, List<LayoutBlock> blocks) {
  private static final int HEADER_LENGTH = 150;
  private static final int FIELD_LENGTH = 2000;
  private static final int SECTION_LENGTH = 3000;
  private static final int LINK_LENGTH = 3000;
  private static final int MOST_FIELDS = 10;

  /// A digest lists a hundred lines at most; this keeps all of them within what Slack takes.
  private static final int LINE_LENGTH = 120;

  SlackMessage {
    blocks = List.copyOf(blocks);
  }

  /// An alert without anything to press but the link.
  static SlackMessage of(AlertMessage alert) {
    return of(alert, List.of(), "");
  }

  /// An alert.
  ///
  /// @param buttons what people may answer
  /// @param answered what somebody has answered, as markup; empty if nobody has
  static SlackMessage of(AlertMessage alert, List<BlockElement> buttons, String answered) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(header(h -> h.text(plainText(title(alert), false))));
    if (alert.hasLimit()) {
      blocks.add(section(s -> s.text(mrkdwn(bar(alert), SECTION_LENGTH))));
    }
    blocks.add(section(s -> s.fields(fields(alert))));
    if (!alert.contributors().isEmpty()) {
      blocks.add(section(s -> s.text(mrkdwn(contributors(alert), SECTION_LENGTH))));
    }
    blocks.add(
        context(
            List.of(
                mrkdwn(Mrkdwn.escape(alert.why()), FIELD_LENGTH),
                mrkdwn(Mrkdwn.escape(alert.origin()), FIELD_LENGTH))));
    if (!answered.isEmpty()) {
      blocks.add(context(List.of(mrkdwn(answered, FIELD_LENGTH))));
    }
    List<BlockElement> elements = new ArrayList<>(buttons);
    alert
        .link()
        .filter(link -> link.length() <= LINK_LENGTH)
        .ifPresent(link -> elements.add(openButton(alert.linkTitle(), link)));
    if (!elements.isEmpty()) {
      blocks.add(actions(elements));
    }
    return new SlackMessage(
        OneLine.shorten(Mrkdwn.escape(icon(alert) + " " + alert.oneLine()), SECTION_LENGTH),
        blocks);
  }

  /// Something about the channel itself.
  static SlackMessage of(ChannelNotice notice) {
    return new SlackMessage(
        Mrkdwn.escape(notice.title()),
        List.of(
            section(s -> s.text(mrkdwn("*" + Mrkdwn.escape(notice.title()) + "*", SECTION_LENGTH))),
            section(s -> s.text(mrkdwn(Mrkdwn.escape(notice.text()), SECTION_LENGTH)))));
  }

  /// Many alerts, a line each.
  static SlackMessage of(AlertDigest digest, Channel channel) {
    List<LayoutBlock> blocks = new ArrayList<>();
    blocks.add(header(h -> h.text(plainText("📋 " + digest.headline(channel), false))));
    StringBuilder lines = new StringBuilder();
    for (AlertMessage alert : digest.texts(channel)) {
      String line =
          Mrkdwn.escape(OneLine.shorten(icon(alert) + " " + alert.headline(), LINE_LENGTH));
      if (lines.length() + line.length() >= SECTION_LENGTH) {
        blocks.add(lines(lines.toString()));
        lines.setLength(0);
      }
      lines.append(lines.isEmpty() ? "" : "\n").append(line);
    }
    blocks.add(lines(lines.toString()));
    return new SlackMessage(Mrkdwn.escape(digest.headline(channel)), blocks);
  }

  private static LayoutBlock lines(String text) {
    return section(s -> s.text(mrkdwn(text, SECTION_LENGTH)));
  }

  /// Plain text knows no markup; what looks like a mention is made to look like none all the same.
  private static String title(AlertMessage alert) {
    String level = alert.levelName();
    String title =
        "%s %s%s: %s"
            .formatted(
                icon(alert),
                Character.toUpperCase(level.charAt(0)),
                level.substring(1),
                alert.headline());
    return OneLine.shorten(title.replace('<', '‹').replace('>', '›'), HEADER_LENGTH);
  }

  private static String icon(AlertMessage alert) {
    return switch (alert.level()) {
      case "recovered" -> "✅";
      case "critical" -> "🚨";
      case "warning" -> "⚠️";
      default -> "ℹ️";
    };
  }

  private static String bar(AlertMessage alert) {
    return "%s  *%s*".formatted(alert.bar(), alert.percent());
  }

  private static List<TextObject> fields(AlertMessage alert) {
    return alert.facts().stream()
        .limit(MOST_FIELDS)
        .<TextObject>map(
            fact ->
                mrkdwn(
                    "*%s*\n%s".formatted(fact.label(), Mrkdwn.escape(fact.value())), FIELD_LENGTH))
        .toList();
  }

  private static String contributors(AlertMessage alert) {
    return alert.contributors().stream()
        .map(part -> "• %s: %s (%s)".formatted(part.who(), part.amount(), part.share()))
        .map(Mrkdwn::escape)
        .collect(Collectors.joining("\n", "*" + alert.contributorsTitle() + "*\n", ""));
  }

  private static BlockElement openButton(String title, String link) {
    return button(b -> b.actionId("open").text(plainText(title)).url(link));
  }

  /// Verbatim: Slack makes no links or mentions of its own of what names look like.
  private static MarkdownTextObject mrkdwn(String text, int most) {
    return markdownText(m -> m.text(OneLine.shorten(text, most)).verbatim(true));
  }
}
