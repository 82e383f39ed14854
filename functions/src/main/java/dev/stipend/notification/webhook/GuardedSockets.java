package dev.stipend.notification.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/// Makes sockets that connect to allowed addresses only. The address that is looked at is the one
/// that is connected to, so no answer of a name server can come in between.
final class GuardedSockets extends SocketFactory {
  /// The connection would have left the ways that are allowed.
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class GuardedSocket extends Socket {
    private final Destinations destinations;

    GuardedSocket(Destinations destinations) {
      this.destinations = destinations;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)
          || address.isUnresolved()
          || !destinations.allowAddress(address.getAddress())) {
        throw new RefusedException();
      }
      super.connect(endpoint, timeout);
    }
  }

  private final Destinations destinations;

  GuardedSockets(Destinations destinations) {
    this.destinations = destinations;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(destinations);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connectedAtOnce();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw connectedAtOnce();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connectedAtOnce();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw connectedAtOnce();
  }

  private static IOException connectedAtOnce() {
    return new IOException("sockets are made first and connected then");
  }
}
