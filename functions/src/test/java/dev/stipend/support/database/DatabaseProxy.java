package dev.stipend.support.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands between Stipend and its database, to take the database away.
public final class DatabaseProxy implements AutoCloseable {
  private enum Mode {
    PASSING,
    STOPPED,
    SILENT
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.PASSING;

  /// @param target the port of the database on this machine
  public DatabaseProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// The URL of a database by way of this proxy.
  public String url(String direct) {
    return direct.replace(":" + target + "/", ":" + server.getLocalPort() + "/");
  }

  /// Lets everything pass again; connections that were cut stay cut.
  public void pass() {
    mode = Mode.PASSING;
  }

  /// Cuts every connection, and closes new ones at once, as a server that is not there.
  public void stop() {
    mode = Mode.STOPPED;
    cut();
  }

  /// Keeps connections open, and answers nothing.
  public void fallSilent() {
    mode = Mode.SILENT;
  }

  /// Cuts every connection.
  public void cut() {
    open.forEach(DatabaseProxy::close);
    open.clear();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (mode == Mode.STOPPED) {
          close(client);
        } else {
          Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(client);
          open.add(database);
          Thread.ofVirtual().start(() -> pump(client, database));
          Thread.ofVirtual().start(() -> pump(database, client));
        }
      } catch (IOException closed) {
        // The server socket was closed, or the database refused: the client sees it, too.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      int read = from.getInputStream().read(buffer);
      while (read >= 0) {
        if (mode != Mode.SILENT) {
          to.getOutputStream().write(buffer, 0, read);
        }
        read = from.getInputStream().read(buffer);
      }
    } catch (IOException cut) {
      // Ends both ways below.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Which is what was wanted.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    cut();
  }
}
