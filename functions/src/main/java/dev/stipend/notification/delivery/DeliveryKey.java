package dev.stipend.notification.delivery;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import java.util.Map;
import java.util.UUID;

/// The identity of a delivery, and the message about it on the alerts queue.
///
/// @param workspaceId the tenant
/// @param alertId the alert
/// @param channelId where it goes
/// @param purpose what it says of the alert
public record DeliveryKey(UUID workspaceId, UUID alertId, UUID channelId, Purpose purpose) {
  private static final int UUID_LENGTH = 36;

  /// The message's body.
  public String toJson() {
    return """
    {"workspaceId":"%s","alertId":"%s","channelId":"%s","purpose":"%s"}\
    """
        .formatted(workspaceId, alertId, channelId, Labels.of(purpose));
  }

  /// Reads a message's body.
  ///
  /// @throws InvalidJsonException if it is none
  public static DeliveryKey ofJson(String body) {
    JsonFields fields = JsonFields.of(ExactJson.parse(body));
    Map<String, Purpose> purposes = Labels.choices(Purpose.class);
    fields.require("purpose");
    DeliveryKey key =
        new DeliveryKey(
            uuid(fields, "workspaceId"),
            uuid(fields, "alertId"),
            uuid(fields, "channelId"),
            fields.oneOf("purpose", purposes).orElse(Purpose.RAISED));
    fields.check();
    return key;
  }

  private static UUID uuid(JsonFields fields, String name) {
    fields.require(name);
    try {
      return fields.text(name, UUID_LENGTH).map(UUID::fromString).orElse(new UUID(0, 0));
    } catch (IllegalArgumentException wrong) {
      fields.error(name, "must be a UUID");
      return new UUID(0, 0);
    }
  }
}
