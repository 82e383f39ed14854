package dev.stipend.notification.channel;

import dev.stipend.budget.Severity;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads channels that somebody asks for, and edits of them, whatever door they ask at.
@Singleton
public final class ChannelRequest {
  private static final int LONGEST_NAME = 100;

  private final ChannelConfigs configs;

  ChannelRequest(ChannelConfigs configs) {
    this.configs = configs;
  }

  /// Reads a channel from a request.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public NewChannel read(@Nullable Object json, UUID workspace) {
    JsonFields fields = JsonFields.of(json);
    fields.require("kind");
    fields.require("name");
    Optional<ChannelKind> kind = kind(fields);
    NewChannel channel =
        new NewChannel(
            kind.orElse(ChannelKind.EMAIL),
            fields.name("name", LONGEST_NAME).orElse(""),
            kind.map(known -> configs.read(fields, known, workspace, Map.of()))
                .or(() -> fields.any("config").map(unreadable -> Map.of()))
                .orElse(Map.of()),
            severity(fields).orElse(Severity.INFO),
            fields.bool("isDefault").orElse(false),
            fields.bool("isFallback").orElse(false));
    requireReaders(fields, channel);
    fields.refuseUnknown();
    fields.check();
    return channel;
  }

  /// Reads an edit: what it does not name stays, and `config` is replaced as a whole.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public NewChannel readEdit(@Nullable Object json, ChannelRecord before) {
    JsonFields fields = JsonFields.of(json);
    NewChannel old = before.asWanted();
    kind(fields)
        .filter(kind -> kind != old.kind())
        .ifPresent(kind -> fields.error("kind", "cannot be changed; make another channel"));
    NewChannel channel =
        new NewChannel(
            old.kind(),
            fields.name("name", LONGEST_NAME).orElse(old.name()),
            fields
                .any("config")
                .map(
                    given ->
                        configs.read(
                            fields, old.kind(), before.channel().workspaceId(), old.config()))
                .orElse(old.config()),
            severity(fields).orElse(old.minSeverity()),
            fields.bool("isDefault").orElse(old.isDefault()),
            fields.bool("isFallback").orElse(old.isFallback()));
    requireReaders(fields, channel);
    fields.refuseUnknown();
    fields.check();
    return channel;
  }

  /// A table would take what nobody could be told, and tell nobody either.
  private static void requireReaders(JsonFields fields, NewChannel channel) {
    if (channel.isFallback() && channel.kind() == ChannelKind.TABLE) {
      fields.error("isFallback", "must be false: a table notifies nobody");
    }
  }

  private Optional<ChannelKind> kind(JsonFields fields) {
    Optional<ChannelKind> kind = fields.oneOf("kind", Labels.choices(ChannelKind.class));
    kind.filter(named -> !configs.kinds().contains(named))
        .ifPresent(
            named ->
                fields.error(
                    "kind",
                    "is not supported by this build; available: "
                        + configs.kinds().stream()
                            .map(Labels::of)
                            .collect(Collectors.joining(", "))));
    return kind;
  }

  private static Optional<Severity> severity(JsonFields fields) {
    return fields.oneOf("minSeverity", Labels.choices(Severity.class));
  }
}
