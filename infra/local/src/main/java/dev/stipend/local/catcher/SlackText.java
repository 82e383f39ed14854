package dev.stipend.local.catcher;

import dev.stipend.local.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A Slack message as lines of a terminal: what Slack would show, in its order.
final class SlackText {

  private static final Pattern LINK = Pattern.compile("<([^|>]+)\\|([^>]+)>");
  private static final Pattern BARE_LINK = Pattern.compile("<([^|>]+)>");

  private final Terminal terminal;
  private final List<String> lines = new ArrayList<>();

  private SlackText(Terminal terminal) {
    this.terminal = terminal;
  }

  static String of(Map<String, Object> payload, Terminal terminal) {
    SlackText text = new SlackText(terminal);
    if (!payload.containsKey("blocks")) {
      text.add(string(payload.get("text")));
    }
    text.blocks(payload.get("blocks"));
    if (payload.containsKey("files")) {
      text.add("[picture]");
    }
    for (Map<?, ?> attachment : maps(payload.get("attachments"))) {
      text.add(string(attachment.get("text")));
      text.blocks(attachment.get("blocks"));
    }
    return text.lines.stream()
        .flatMap(String::lines)
        .map(line -> "  ┃ " + line)
        .collect(Collectors.joining("\n", "\n  ┏ " + terminal.bold(title(payload)) + "\n", "\n"));
  }

  private static String title(Map<String, Object> payload) {
    if (payload.containsKey("updated")) {
      return "Slack, message updated";
    }
    return payload.containsKey("thread_ts") ? "Slack, in a thread" : "Slack";
  }

  private void blocks(@Nullable Object blocks) {
    for (Map<?, ?> block : maps(blocks)) {
      switch (string(block.get("type"))) {
        case "header" -> add(terminal.bold(text(block.get("text"))));
        case "section" -> {
          add(text(block.get("text")));
          maps(block.get("fields")).forEach(field -> add(text(field).replaceFirst("\n", ": ")));
        }
        case "context" -> add(terminal.faint(joined(block.get("elements"), "  ")));
        case "actions" ->
            add(
                maps(block.get("elements")).stream()
                    .map(button -> "[" + text(button.get("text")) + "]")
                    .collect(Collectors.joining(" ")));
        case "divider" -> add("───");
        default -> add(text(block.get("text")));
      }
    }
  }

  private void add(String line) {
    if (!line.isBlank()) {
      lines.add(line);
    }
  }

  private static String joined(@Nullable Object elements, String separator) {
    return maps(elements).stream().map(SlackText::text).collect(Collectors.joining(separator));
  }

  /// The text of a text object, without its mark-up.
  private static String text(@Nullable Object object) {
    if (!(object instanceof Map<?, ?> map)) {
      return "";
    }
    String text = string(map.get("text"));
    text = LINK.matcher(text).replaceAll("$2 ($1)");
    text = BARE_LINK.matcher(text).replaceAll("$1");
    text = string(map.get("type")).equals("mrkdwn") ? text.replace("*", "").replace("`", "") : text;
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static String string(@Nullable Object object) {
    return Objects.toString(object, "");
  }

  private static List<Map<?, ?>> maps(@Nullable Object list) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (list instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof Map<?, ?> map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }
}
