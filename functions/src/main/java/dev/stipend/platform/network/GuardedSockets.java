package dev.stipend.platform.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/// Makes sockets that connect to allowed addresses only. The address that is looked at is the one
/// that is connected to, so no answer of a name server can come in between.
public class GuardedSockets extends SocketFactory {
  /// The connection would have left the ways that are allowed.
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class GuardedSocket extends Socket {
    private final Predicate<InetAddress> allowed;

    GuardedSocket(Predicate<InetAddress> allowed) {
      this.allowed = allowed;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)) {
        throw new RefusedException();
      }
      if (address.isUnresolved()) {
        throw new UnknownHostException(address.getHostString());
      }
      if (!allowed.test(address.getAddress())) {
        throw new RefusedException();
      }
      super.connect(endpoint, timeout);
    }
  }

  private final Predicate<InetAddress> allowed;

  /// @param allowed addresses that may be connected to
  public GuardedSockets(Predicate<InetAddress> allowed) {
    this.allowed = allowed;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(allowed);
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
