package dev.stipend.http.slack;

import dev.stipend.notification.interaction.AlertAction;
import dev.stipend.platform.json.ExactJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What somebody did in Slack: pressed a button below a message, or sent off a dialog.
///
/// @param answer what they want; empty for what is none of our business, such as opening a link
/// @param ticket which alert they mean, as the button or dialog carries it
/// @param member Slack's id of who it was
/// @param trigger what opens a dialog
/// @param place the channel of the message; empty for a dialog
/// @param message the message; empty for a dialog
/// @param thread the message that starts its thread; empty if it is in none
/// @param reason what they wrote; present for a dialog only
record SlackInteraction(
    Optional<AlertAction> answer,
    String ticket,
    String member,
    String trigger,
    String place,
    String message,
    String thread,
    Optional<String> reason) {
  private static final String PAYLOAD = "payload=";

  /// Reads the body of a request; empty if it is no form with a payload of a kind that we know.
  static Optional<SlackInteraction> read(byte[] body) {
    String form = new String(body, StandardCharsets.UTF_8);
    return Stream.of(form.split("&", -1))
        .filter(field -> field.startsWith(PAYLOAD))
        .findFirst()
        .map(field -> ExactJson.parse(decode(field.substring(PAYLOAD.length()))))
        .flatMap(
            payload ->
                switch (text(payload, "type")) {
                  case "block_actions" -> Optional.of(button(payload));
                  case "view_submission" -> Optional.of(dialog(payload));
                  default -> Optional.empty();
                });
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noForm) {
      return "{}";
    }
  }

  private static SlackInteraction button(Object payload) {
    Object action =
        at(payload, "actions") instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
    return new SlackInteraction(
        AlertAction.of(text(action, "action_id")),
        text(action, "value"),
        text(payload, "user", "id"),
        text(payload, "trigger_id"),
        text(payload, "container", "channel_id"),
        text(payload, "container", "message_ts"),
        text(payload, "container", "thread_ts"),
        Optional.empty());
  }

  private static SlackInteraction dialog(Object payload) {
    return new SlackInteraction(
        AlertAction.of(text(payload, "view", "callback_id")),
        text(payload, "view", "private_metadata"),
        text(payload, "user", "id"),
        text(payload, "trigger_id"),
        "",
        "",
        "",
        Optional.of(text(payload, "view", "state", "values", "reason", "reason", "value")));
  }

  private static String text(@Nullable Object value, String... path) {
    @Nullable Object found = value;
    for (String name : path) {
      found = at(found, name);
    }
    return found instanceof String string ? string : "";
  }

  private static @Nullable Object at(@Nullable Object value, String name) {
    return value instanceof Map<?, ?> map ? map.get(name) : null;
  }
}
