package dev.stipend.budget.edit;

import dev.stipend.platform.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads lists of channel ids.
public final class ChannelIds {
  private ChannelIds() {}

  public static List<UUID> read(JsonFields fields, String name, int most) {
    List<UUID> ids = new ArrayList<>();
    List<?> values = fields.list(name).orElse(List.of());
    if (values.size() > most) {
      fields.error(name, "must have at most " + most + " channels");
      return ids;
    }
    for (int i = 0; i < values.size(); i++) {
      try {
        ids.add(UUID.fromString(String.valueOf(values.get(i))));
      } catch (IllegalArgumentException wrong) {
        fields.error(name + "[" + i + "]", "must be the id or the name of a channel");
      }
    }
    return ids;
  }
}
