package dev.stipend.notify;

import dev.stipend.json.JsonFields;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what channels are configured with: what the senders of this build understand, and no
/// secret.
@Singleton
public class ChannelConfigs {
  private static final String FIELD = "config";

  private final Map<ChannelKind, Notifier> notifiers = new EnumMap<>(ChannelKind.class);

  ChannelConfigs(List<Notifier> notifiers) {
    notifiers.forEach(notifier -> this.notifiers.put(notifier.kind(), notifier));
  }

  /// The kinds that this build has a sender for.
  public List<ChannelKind> kinds() {
    return List.copyOf(notifiers.keySet());
  }

  /// Reads the field `config` of a channel; empty if it is absent. Its errors are noted in the
  /// fields.
  public Map<String, String> read(JsonFields fields, ChannelKind kind) {
    Map<String, String> config = new LinkedHashMap<>();
    Notifier notifier = notifiers.get(kind);
    if (notifier != null) {
      fields
          .object(FIELD)
          .ifPresent(
              inside -> {
                config.putAll(notifier.readConfig(inside));
                if (kind != ChannelKind.WEBHOOK) {
                  config.putAll(Languages.readConfig(inside));
                }
                inside.refuseUnknown();
              });
      refuseSecrets(fields);
    }
    return config;
  }

  private static void refuseSecrets(JsonFields fields) {
    fields
        .any(FIELD)
        .filter(Map.class::isInstance)
        .map(config -> (Map<?, ?>) config)
        .ifPresent(
            config ->
                config.forEach(
                    (name, value) -> {
                      if (value instanceof String text && SecretShape.fits(text)) {
                        fields.error(
                            FIELD + "." + name,
                            "looks like a secret, and a channel holds none: put it into the"
                                + " environment or Secrets Manager, and give the name of the"
                                + " variable or the ARN here");
                      }
                    }));
  }
}
