package dev.stipend.platform.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/// Makes the sockets of the PostgreSQL driver, which connect to allowed addresses only. The driver
/// makes it by its name, and hands it the list.
public final class GuardedSocketFactory extends SocketFactory {
  /// The address of a host is not allowed.
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final HostAllowList allowed;

  /// @param hosts the operator's list
  public GuardedSocketFactory(String hosts) {
    this.allowed = new HostAllowList(hosts);
  }

  private final class GuardedSocket extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)) {
        throw new RefusedException();
      }
      // One that no name server knows fails as it does everywhere.
      if (!address.isUnresolved() && !allowed.allowsAddress(address.getAddress())) {
        throw new RefusedException();
      }
      super.connect(endpoint, timeout);
    }
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket();
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
