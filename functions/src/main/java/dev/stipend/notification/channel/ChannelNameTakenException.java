package dev.stipend.notification.channel;

/// Another channel of the workspace has the name.
public final class ChannelNameTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChannelNameTakenException(String name) {
    super("A channel named " + name + " already exists.");
  }
}
