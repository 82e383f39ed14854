package dev.stipend.support.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// A port of this machine at which nobody listens.
public final class ClosedPort {
  private ClosedPort() {}

  public static int find() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException noLoopback) {
      throw new UncheckedIOException(noLoopback);
    }
  }
}
