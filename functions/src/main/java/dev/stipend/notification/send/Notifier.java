package dev.stipend.notification.send;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNotice;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.secrets.Tenant;
import java.util.List;
import java.util.Map;

/// Port: sends messages through one kind of channel.
public interface Notifier {
  ChannelKind kind();

  /// Whether the environment holds what a channel needs that configures nothing itself.
  boolean isConfigured();

  /// Reads what a channel of this kind may configure, such as its recipient or the name of its
  /// secret. Notes what is wrong in the fields.
  ///
  /// @param tenant whose channel it is
  /// @param before what it was configured with until now; empty for a new one
  Map<String, String> readConfig(JsonFields config, Tenant tenant, Map<String, String> before);

  /// The variables of the environment that stand in for what a channel leaves out, by the field.
  Map<String, String> standIns();

  /// The names of what a channel needs to be set.
  default List<String> needs(Map<String, String> config) {
    return standIns().entrySet().stream()
        .filter(field -> field.getKey().endsWith("Secret") || !config.containsKey(field.getKey()))
        .map(field -> config.getOrDefault(field.getKey(), field.getValue()))
        .toList();
  }

  /// Whether a channel of this kind must configure something.
  default boolean requiresConfig() {
    return false;
  }

  /// What keeps a channel that has all its secrets from working, in sentences. May ask the place
  /// that it sends to.
  default List<String> warnings(Map<String, String> config) {
    return List.of();
  }

  /// Renders the snapshot and sends it. Waits for the answer, at most some seconds; throws nothing
  /// that is to be expected of a network, and puts no secret into a reason.
  SendOutcome send(Channel channel, AlertSnapshot snapshot);

  /// Sends something about the channel itself, under the same terms.
  SendOutcome send(Channel channel, ChannelNotice notice);

  /// The addresses that messages go to one by one, of readers who have left the channel, too; none
  /// where a channel is one place for all.
  default List<String> readers(Channel channel) {
    return List.of();
  }

  /// What is readable of the message that would be sent; the whole of it is written, and nothing
  /// sent.
  String preview(Channel channel, AlertSnapshot snapshot);
}
