package dev.stipend.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page of somebody else cannot use the local port, as a browser would send its requests.
final class ForeignRequestsTest {
  private final HttpFront front = HttpFront.bind(0);
  private final int port = URI.create(front.url()).getPort();
  private final AtomicInteger served = new AtomicInteger();

  @BeforeEach
  void start() {
    front.route(
        "/",
        exchange -> {
          served.incrementAndGet();
          Replies.json(exchange, 200, "{}");
        });
    front.start();
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
  void thisMachineIsServed(String host) throws IOException {
    assertThat(send("POST", "Host: " + host + ":" + port)).startsWith("HTTP/1.1 200");
    assertThat(send("POST", "Host: " + host + ":" + port, "Origin: http://" + host + ":" + port))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:PORT", "localhost:1", "localhost.evil.example:PORT"})
  void aForeignNameOfThisMachineIsRefused(String host) throws IOException {
    assertThat(send("GET", "Host: " + host.replace("PORT", Integer.toString(port))))
        .startsWith("HTTP/1.1 403")
        .contains("this port serves localhost only");
    assertThat(served).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: http://127.0.0.1:1",
        "Origin: null",
        "Origin: https://localhost",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void aPageOfAnotherOriginIsRefused(String header) throws IOException {
    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      assertThat(send(method, "Host: localhost:" + port, header)).startsWith("HTTP/1.1 403");
    }
    assertThat(served).hasValue(0);
  }

  @Test
  void aLinkFromElsewhereMayBeFollowed() throws IOException {
    String[] visit = {
      "Host: localhost:" + port,
      "Sec-Fetch-Site: cross-site",
      "Sec-Fetch-Mode: navigate",
      "Sec-Fetch-Dest: document"
    };
    assertThat(send("GET", visit)).startsWith("HTTP/1.1 200");
    assertThat(send("POST", visit)).startsWith("HTTP/1.1 403");
  }

  private String send(String method, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      String request =
          "%s / HTTP/1.1\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
              .formatted(method, String.join("\r\n", headers));
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
