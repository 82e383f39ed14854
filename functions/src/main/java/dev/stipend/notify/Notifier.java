package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.json.JsonFields;
import java.util.Map;

/// Port: sends messages through one kind of channel.
public interface Notifier {
  ChannelKind kind();

  /// Whether the environment holds what a channel needs that configures nothing itself.
  boolean isConfigured();

  /// Reads what a channel of this kind may configure, such as its recipient or the name of its
  /// secret. Notes what is wrong in the fields.
  Map<String, String> readConfig(JsonFields config);

  /// Renders the snapshot and sends it. Waits for the answer, at most some seconds; throws nothing
  /// that is to be expected of a network, and puts no secret into a reason.
  SendOutcome send(Channel channel, AlertSnapshot snapshot);

  /// What is readable of the message that would be sent; the whole of it is written, and nothing
  /// sent.
  String preview(Channel channel, AlertSnapshot snapshot);
}
