package dev.stipend.notification.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// An SMTP server that answers what a test tells it to, for the answers that no good server gives.
final class ScriptedMailServer implements AutoCloseable {
  /// The line that ends a message's content.
  static final String END_OF_DATA = ".";

  /// What is said before the client has said anything.
  static final String GREETING = "";

  /// Instead of an answer: breaks the connection.
  static final String HANG_UP = "hang up";

  /// Instead of an answer: says nothing.
  static final String SILENCE = "silence";

  private final Map<String, String> answers =
      new HashMap<>(Map.of(GREETING, "220 ready", "DATA", "354 go on", "QUIT", "221 bye"));
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final ServerSocket server;

  ScriptedMailServer() {
    try {
      server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException noLoopback) {
      throw new UncheckedIOException(noLoopback);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /// @param line the beginning of what the client says
  ScriptedMailServer answering(String line, String answer) {
    answers.put(line, answer);
    return this;
  }

  /// How often clients have begun a line with this.
  long heard(String line) {
    return lines.stream().filter(said -> said.startsWith(line)).count();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        converse(client);
      } catch (IOException clientHasLeft) {
        // The next one may stay, and a closed server ends the loop.
      }
    }
  }

  private void converse(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII);
    boolean inData = false;
    for (String line = GREETING; line != null; line = in.readLine()) {
      if (inData && !line.equals(END_OF_DATA)) {
        continue;
      }
      lines.add(line);
      String answer = answer(line);
      if (answer.equals(HANG_UP)) {
        return;
      }
      if (!answer.equals(SILENCE)) {
        out.print(answer + "\r\n");
        out.flush();
      }
      inData = answer.startsWith("354");
    }
  }

  private String answer(String line) {
    return answers.entrySet().stream()
        .filter(
            known -> known.getKey().isEmpty() ? line.isEmpty() : line.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("250 ok");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
