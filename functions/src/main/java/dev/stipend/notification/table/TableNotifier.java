package dev.stipend.notification.table;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.notification.channel.ChannelSecrets;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.send.Notifier;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.host.HostDatabases;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.host.HostSchema;
import dev.stipend.platform.host.HostSession;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.secrets.SecretName;
import dev.stipend.platform.secrets.Tenant;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Writes alerts into tables of watched applications.
@Singleton
class TableNotifier implements Notifier {
  private static final String PRESET = "preset";
  private static final String SCHEMA = "schema";
  private static final String URL_SECRET = "urlSecret";
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(5);
  private static final Argument<AlertSnapshot> SNAPSHOT = Argument.of(AlertSnapshot.class);

  private final ChannelSecrets secrets;
  private final HostDatabases hosts;
  private final AlertLog alerts;
  private final JsonText json;
  private final Map<String, AlertTable> presets;

  TableNotifier(ChannelSecrets secrets, HostDatabases hosts, AlertLog alerts, JsonText json) {
    this.secrets = secrets;
    this.hosts = hosts;
    this.alerts = alerts;
    this.json = json;
    this.presets =
        Map.of("usage_alerts", new UsageAlerts(), "system_alerts", new SystemAlerts(json));
  }

  @Override
  public ChannelKind kind() {
    return ChannelKind.TABLE;
  }

  @Override
  public boolean isConfigured() {
    return false;
  }

  @Override
  public Map<String, String> readConfig(
      JsonFields config, Tenant tenant, Map<String, String> before) {
    Map<String, String> read = new HashMap<>();
    config.require(PRESET);
    config.require(URL_SECRET);
    config.oneOf(PRESET, presets).ifPresent(table -> read.put(PRESET, table.name()));
    SecretName.read(config, URL_SECRET, tenant).ifPresent(name -> read.put(URL_SECRET, name));
    read.put(SCHEMA, HostSchema.read(config));
    return read;
  }

  @Override
  public boolean requiresConfig() {
    return true;
  }

  @Override
  public Map<String, String> standIns() {
    return Map.of();
  }

  @Override
  public List<String> needs(Map<String, String> config) {
    return Optional.ofNullable(config.get(URL_SECRET)).stream().toList();
  }

  @Override
  public List<String> warnings(Map<String, String> config) {
    try {
      return problems(config);
    } catch (HostException failure) {
      return List.of(Objects.requireNonNullElse(failure.getMessage(), "unknown"));
    }
  }

  private List<String> problems(Map<String, String> config) {
    String schema = schema(config);
    try (HostSession session = hosts.write(config.getOrDefault(URL_SECRET, ""))) {
      return session.run(
          schema, LONGEST_STATEMENT, host -> TableCheck.problems(host, schema, table(config)));
    }
  }

  @Override
  public SendOutcome send(Channel channel, AlertSnapshot snapshot) {
    Optional<String> refusal = refusal(channel);
    if (refusal.isPresent()) {
      return new SendOutcome.Failed(URL_SECRET + " " + refusal.get());
    }
    try {
      return snapshot.type().equals(AlertMessage.TEST)
          ? tried(problems(channel.config()))
          : write(channel, snapshot.alert().id());
    } catch (HostException failure) {
      String reason = Objects.requireNonNullElse(failure.getMessage(), "unknown");
      return failure.mayPass()
          ? new SendOutcome.Retry(reason, Optional.empty())
          : new SendOutcome.Failed(reason);
    }
  }

  /// Why the channel may not use its secret, should its workspace or Stipend have changed.
  private Optional<String> refusal(Channel channel) {
    return Optional.ofNullable(channel.config().get(URL_SECRET))
        .map(name -> secrets.refusal(name, secrets.tenant(channel.workspaceId())))
        .orElseGet(() -> Optional.of("is required"));
  }

  private static SendOutcome tried(List<String> problems) {
    return problems.isEmpty()
        ? new SendOutcome.Sent(Optional.empty())
        : new SendOutcome.Failed(String.join(" ", problems));
  }

  private SendOutcome write(Channel channel, UUID id) {
    Optional<AlertLog.Detail> found = alerts.find(channel.workspaceId(), id);
    if (found.isEmpty()) {
      return new SendOutcome.Declined("a table holds alerts, and nothing else");
    }
    RaisedAlert alert =
        new RaisedAlert(found.get().alert(), json.read(found.get().snapshot(), SNAPSHOT));
    AlertTable table = table(channel.config());
    try (HostSession session = hosts.write(channel.config().getOrDefault(URL_SECRET, ""))) {
      return session.run(
          schema(channel.config()),
          LONGEST_STATEMENT,
          host -> {
            Optional<String> refusal = table.addAndLock(host, alert);
            if (refusal.isEmpty()) {
              table.update(host, id, standing(channel.workspaceId(), id));
            }
            return refusal
                .<SendOutcome>map(SendOutcome.Declined::new)
                .orElseGet(() -> new SendOutcome.Sent(Optional.of(id.toString())));
          });
    }
  }

  /// Read while the host's row is locked: of two who write, the later one knows the later state.
  private Standing standing(UUID workspace, UUID alert) {
    return Standing.of(alerts.find(workspace, alert).orElseThrow().alert());
  }

  @Override
  public SendOutcome send(Channel channel, ChannelNotice notice) {
    return new SendOutcome.Declined("a table holds alerts, and nothing else");
  }

  @Override
  public String preview(Channel channel, AlertSnapshot snapshot) {
    AlertMessage message = new AlertMessage(snapshot);
    return message.headline() + "\n" + message.reason();
  }

  private AlertTable table(Map<String, String> config) {
    return Objects.requireNonNull(presets.get(config.getOrDefault(PRESET, "")));
  }

  private static String schema(Map<String, String> config) {
    return config.getOrDefault(SCHEMA, HostSchema.USUAL);
  }
}
