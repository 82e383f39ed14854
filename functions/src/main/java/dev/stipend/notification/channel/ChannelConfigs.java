package dev.stipend.notification.channel;

import dev.stipend.notification.message.Languages;
import dev.stipend.notification.send.Notifier;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.SecretShape;
import dev.stipend.platform.secrets.Tenant;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads what channels are configured with: what the senders of this build understand, and no
/// secret.
@Singleton
public class ChannelConfigs {
  private static final String FIELD = "config";

  private final ChannelSecrets secrets;
  private final Map<ChannelKind, Notifier> notifiers = new EnumMap<>(ChannelKind.class);

  ChannelConfigs(ChannelSecrets secrets, List<Notifier> notifiers) {
    this.secrets = secrets;
    notifiers.forEach(notifier -> this.notifiers.put(notifier.kind(), notifier));
  }

  /// The kinds that this build has a sender for.
  public List<ChannelKind> kinds() {
    return List.copyOf(notifiers.keySet());
  }

  /// Reads the field `config` of a channel of a workspace; empty if it is absent. Its errors are
  /// noted in the fields.
  ///
  /// @param before what it was configured with until now; empty for a new one
  public Map<String, String> read(
      JsonFields fields, ChannelKind kind, UUID workspace, Map<String, String> before) {
    Map<String, String> config = new LinkedHashMap<>();
    Notifier notifier = notifiers.get(kind);
    if (notifier != null) {
      if (notifier.requiresConfig()) {
        fields.require(FIELD);
      }
      Tenant tenant = secrets.tenant(workspace);
      fields
          .object(FIELD)
          .ifPresent(
              inside -> {
                config.putAll(notifier.readConfig(inside, tenant, before));
                if (kind.isForPeople()) {
                  config.putAll(Languages.readConfig(inside));
                }
                inside.refuseUnknown();
              });
      refuseSecrets(fields);
      refuseNamesOfStipend(fields, config, tenant);
      if (!tenant.isServed()) {
        requireOwn(fields, notifier, config);
      }
    }
    return config;
  }

  /// What keeps a channel from telling anybody, for who has just made it. Asks where secrets are
  /// kept, so it is not to be called in a transaction.
  public List<String> warnings(ChannelKind kind, Map<String, String> config) {
    Optional<Notifier> notifier = Optional.ofNullable(notifiers.get(kind));
    List<String> troubles =
        notifier.stream()
            .flatMap(found -> found.needs(config).stream())
            .flatMap(name -> secrets.trouble(name).stream())
            .map(
                trouble ->
                    trouble
                        + ": nothing can be sent to this channel until the functions can read it")
            .toList();
    return troubles.isEmpty()
        ? notifier.map(found -> found.warnings(config)).orElse(List.of())
        : troubles;
  }

  /// By their ARNs; variables are refused when they are read.
  private void refuseNamesOfStipend(JsonFields fields, Map<String, String> config, Tenant tenant) {
    config.forEach(
        (name, value) -> {
          if (value.startsWith(SecretName.ARN) && SecretName.refusal(value, tenant).isEmpty()) {
            secrets.refusal(value, tenant).ifPresent(why -> fields.error(FIELD + "." + name, why));
          }
        });
  }

  private static void requireOwn(JsonFields fields, Notifier notifier, Map<String, String> config) {
    notifier
        .standIns()
        .forEach(
            (name, variable) -> {
              if (!config.containsKey(name)) {
                fields.error(FIELD + "." + name, ChannelSecrets.required(variable));
              }
            });
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
                            "looks like a secret, and a channel must not hold one: put it into the"
                                + " environment or Secrets Manager, and give the name of the"
                                + " variable or the ARN here");
                      }
                    }));
  }
}
