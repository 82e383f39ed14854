package dev.stipend.tenant;

import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key as it is asked for; see {@link KeyRecord} for the meaning of its parts.
public record NewKey(String name, Role role, Optional<String> userId) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 200;

  /// Reads what somebody asks for.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public static NewKey read(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    fields.require("name");
    fields.require("role");
    NewKey key =
        new NewKey(
            fields.name("name", LONGEST_NAME).orElse(""),
            fields.oneOf("role", Labels.choices(Role.class)).orElse(Role.READ),
            fields.text("userId", LONGEST_ID));
    fields.refuseUnknown();
    fields.check();
    return key;
  }
}
