package dev.stipend.local.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes connections on to the JDK's HTTP server, with every request line as a URI that it can
/// read. For a line with a brace or a space it has an answer of its own, in HTML, before anybody is
/// asked; API Gateway takes such a path. Answers pass as they are.
final class RequestRelay implements AutoCloseable {
  private final ServerSocket front;
  private final InetSocketAddress server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private RequestRelay(ServerSocket front, InetSocketAddress server) {
    this.front = front;
    this.server = server;
  }

  /// Takes the port, on the loopback interface; 0 is any free one.
  ///
  /// @throws java.net.BindException when another program has it
  static RequestRelay bind(int port, InetSocketAddress server) throws IOException {
    return new RequestRelay(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()), server);
  }

  int port() {
    return front.getLocalPort();
  }

  void start() {
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!front.isClosed()) {
      try {
        Socket client = front.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> relay(client));
      } catch (IOException closed) {
        // Nobody is let in any more.
      }
    }
  }

  private void relay(Socket client) {
    try (client;
        Socket behind = new Socket(server.getAddress(), server.getPort())) {
      open.add(behind);
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      Thread requests = Thread.ofVirtual().start(() -> passRequests(client, behind));
      behind.getInputStream().transferTo(client.getOutputStream());
      open.remove(behind);
      client.close();
      requests.join();
    } catch (IOException ended) {
      // By one of the two.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    open.remove(client);
  }

  /// When the server takes no more, its answer is still on its way: that ends the connection.
  private static void passRequests(Socket client, Socket behind) {
    try {
      RequestLines lines =
          new RequestLines(
              new BufferedInputStream(client.getInputStream()),
              new BufferedOutputStream(behind.getOutputStream()));
      while (lines.passOne()) {
        // One request after the other.
      }
      behind.shutdownOutput();
    } catch (IOException ended) {
      // By one of the two.
    }
  }

  @Override
  public void close() {
    try {
      front.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
