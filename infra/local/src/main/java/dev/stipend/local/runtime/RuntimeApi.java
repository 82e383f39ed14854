package dev.stipend.local.runtime;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.stipend.local.http.HttpFront;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// Lambda's Runtime API for one execution environment, snapshots included: hands out invocations
/// one after the other, and takes their answers.
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NOTHING_HERE = 404;

  private record Invocation(
      String id, String event, Duration timeout, CompletableFuture<Answer> answer) {}

  /// Ends the wait for an invocation when there will be none.
  private static final Invocation NONE =
      new Invocation("", "", Duration.ZERO, new CompletableFuture<>());

  private final HttpFront http = HttpFront.bind(0);
  private final String functionArn;
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> initialised = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  RuntimeApi(String functionArn) {
    this.functionArn = functionArn;
    http.route(PREFIX, this::serve);
    http.start();
  }

  /// As `AWS_LAMBDA_RUNTIME_API` has it: without a scheme.
  String address() {
    return http.url().replaceFirst("^http://localhost", "127.0.0.1");
  }

  /// Completes when the function has started, and, with a snapshot, when it could be taken.
  CompletableFuture<Void> initialised() {
    return initialised;
  }

  /// Completes when the function asks for its first invocation.
  CompletableFuture<Void> ready() {
    return ready;
  }

  /// Lets a function that waits in its snapshot go on.
  void restore() {
    restored.complete(null);
  }

  CompletableFuture<Answer> invoke(String event, Duration timeout) {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), event, timeout, new CompletableFuture<>());
    waiting.add(invocation);
    return invocation.answer();
  }

  /// The environment is gone: nobody has to wait for it.
  void fail(RuntimeException failure) {
    initialised.completeExceptionally(failure);
    ready.completeExceptionally(failure);
    running.values().forEach(invocation -> invocation.answer().completeExceptionally(failure));
    waiting.forEach(invocation -> invocation.answer().completeExceptionally(failure));
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (path.equals("restore/next")) {
      initialised.complete(null);
      restored.join();
      exchange.sendResponseHeaders(OK, -1);
    } else if (path.equals("invocation/next")) {
      next(exchange);
    } else if (path.equals("init/error") || path.equals("restore/error")) {
      fail(new IllegalStateException(text));
      exchange.sendResponseHeaders(ACCEPTED, -1);
    } else if (path.matches("invocation/[^/]+/(response|error)")) {
      answered(path.split("/", -1)[1], new Answer(path.endsWith("error"), text));
      exchange.sendResponseHeaders(ACCEPTED, -1);
    } else {
      exchange.sendResponseHeaders(NOTHING_HERE, -1);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    initialised.complete(null);
    ready.complete(null);
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return;
    }
    if (invocation.equals(NONE)) {
      return;
    }
    running.put(invocation.id(), invocation);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        Long.toString(Instant.now().plus(invocation.timeout()).toEpochMilli()));
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700");
    byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(OK, event.length);
    exchange.getResponseBody().write(event);
  }

  private void answered(String id, Answer answer) {
    Invocation invocation = running.remove(id);
    if (invocation != null) {
      invocation.answer().complete(answer);
    }
  }

  @Override
  public void close() {
    restored.complete(null);
    waiting.add(NONE);
    http.close();
  }
}
