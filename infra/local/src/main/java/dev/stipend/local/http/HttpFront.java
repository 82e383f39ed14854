package dev.stipend.local.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stipend.local.terminal.LocalFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one port of this machine's Stipend, on the loopback interface, each request on a virtual
/// thread. The port is taken at construction, so that a clash shows before anything else starts;
/// requests wait until [#start].
public final class HttpFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  static {
    // Read once, by the server's own classes: without it an answer's body waits for the client to
    // acknowledge its head, up to 40 ms later.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final RequestRelay relay;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpFront(HttpServer server, RequestRelay relay) {
    this.server = server;
    this.relay = relay;
    server.setExecutor(threads);
  }

  /// Takes the port; 0 is any free one.
  ///
  /// @throws LocalFailure when another program has it
  public static HttpFront bind(int port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      return new HttpFront(server, RequestRelay.bind(port, server.getAddress()));
    } catch (BindException e) {
      throw new LocalFailure(
          "Port %d is in use: stop the other program, or choose another port with -Dstipend.port=%d."
              .formatted(port, port + 1),
          e);
    } catch (IOException e) {
      throw new LocalFailure("Port %d cannot be opened: %s.".formatted(port, e.getMessage()), e);
    }
  }

  public String url() {
    return "http://localhost:" + relay.port();
  }

  /// Gives every path below `prefix` to the handler; the longest prefix wins.
  public void route(String prefix, HttpHandler handler) {
    server.createContext(
        prefix,
        exchange -> {
          try (exchange) {
            Optional<String> refusal = ForeignRequests.refusal(exchange, relay.port());
            if (refusal.isPresent()) {
              Replies.json(exchange, 403, "{\"message\":\"Refused: %s\"}".formatted(refusal.get()));
            } else {
              handler.handle(exchange);
            }
          } catch (RuntimeException e) {
            LOG.warn("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            if (exchange.getResponseCode() == -1) {
              Replies.json(exchange, 500, "{\"message\":\"Internal Server Error\"}");
            }
          }
        });
  }

  public void start() {
    server.start();
    relay.start();
  }

  @Override
  public void close() {
    relay.close();
    server.stop(0);
    threads.close();
  }
}
