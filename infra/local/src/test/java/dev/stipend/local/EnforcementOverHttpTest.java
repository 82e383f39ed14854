package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.stipend.client.BudgetExceededException;
import dev.stipend.client.StipendClient;
import dev.stipend.client.StipendClient.Done;
import dev.stipend.client.Work;
import dev.stipend.client.Work.Usage;
import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Budgets that refuse work, as a client meets them: the Java client and the documented snippet,
/// over real HTTP.
class EnforcementOverHttpTest {
  private static final Closing CLOSING = new Closing();
  private static final Path ROOT = Path.of("..", "..");
  private static final int THREADS = 32;
  private static final int SLOTS = 7;

  private static LocalStack stack;
  private static StipendClient client;

  @BeforeAll
  static void start() throws IOException {
    Properties options = new Properties();
    options.putAll(Map.of("stipend.data", "memory", "stipend.port", "0", "stipend.demo", "false"));
    stack =
        LocalStack.start(
            LocalOptions.from(options),
            SamTemplate.read(ROOT.resolve("template.yaml")),
            new LocalEnvironment(Map.of()),
            new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false),
            CLOSING);
    client = new StipendClient(stack.url(), stack.adminKey());
  }

  @AfterAll
  static void stop() {
    client.close();
    CLOSING.close();
  }

  @Test
  void workWithinTheLimitRunsAndIsSettledInTheLedger() {
    UUID budget = budget("within", "10");
    BigDecimal before = ledger();

    String result =
        client.guarded(
            work("within", "4"),
            granted -> {
              assertThat(client.usage(budget, "within").held()).isEqualByComparingTo("4");
              return new Done<>("made", Usage.costing(new BigDecimal("1.25")));
            });

    assertThat(result).isEqualTo("made");
    assertThat(ledger().subtract(before)).isEqualByComparingTo("1.25");
    assertStanding(budget, "within", "1.25");
  }

  @Test
  void workBeyondTheLimitIsRefusedWithWhatItWouldExceed() {
    UUID budget = budget("beyond", "10");
    client.guarded(work("beyond", "8"), granted -> done("8"));
    AtomicInteger runs = new AtomicInteger();

    BudgetExceededException refused =
        catchThrowableOfType(
            BudgetExceededException.class,
            () ->
                client.guarded(
                    work("beyond", "2.5"),
                    granted -> {
                      runs.incrementAndGet();
                      return done("2.5");
                    }));

    assertThat(runs).hasValue(0);
    assertThat(refused.budgetId()).isEqualTo(budget);
    assertThat(refused.budgetName()).isEqualTo("Budget of beyond");
    assertThat(refused.limitAmount()).isEqualByComparingTo("10");
    assertThat(refused.currentSpend()).isEqualByComparingTo("8");
    assertThat(refused.estimatedCost()).isEqualByComparingTo("2.5");
    assertThat(refused.decisionId()).isNotNull();
    assertThat(client.validate(work("beyond", "2.5")).allowed()).isFalse();
    assertThat(client.validate(work("beyond", "2")).allowed()).isTrue();
    assertStanding(budget, "beyond", "8");
  }

  @Test
  void workThatFailsGivesItsReservationBackAndFailsAsItDid() {
    UUID budget = budget("failing", "10");
    assertThatThrownBy(
            () ->
                client.guarded(
                    work("failing", "10"),
                    granted -> {
                      client.extend(granted.id().orElseThrow(), Duration.ofHours(1));
                      throw new IOException("the model is down");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the model is down")
        .hasNoSuppressedExceptions();
    assertStanding(budget, "failing", "0");
  }

  @Test
  void ofManyThreadsExactlyAsManyAreAdmittedAsThereAreSlots() throws Exception {
    UUID budget = budget("racing", Integer.toString(SLOTS));
    CountDownLatch decided = new CountDownLatch(THREADS);
    AtomicInteger admitted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    client.guarded(
                        work("racing", "1"),
                        granted -> {
                          admitted.incrementAndGet();
                          decided.countDown();
                          assertThat(decided.await(1, TimeUnit.MINUTES)).isTrue();
                          return done("1");
                        });
                  } catch (BudgetExceededException full) {
                    refused.incrementAndGet();
                    decided.countDown();
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(admitted).hasValue(SLOTS);
    assertThat(refused).hasValue(THREADS - SLOTS);
    assertStanding(budget, "racing", Integer.toString(SLOTS));
  }

  @Test
  void aReservationWhoseAnswerIsLostIsNotMadeTwice() throws IOException {
    UUID budget = budget("losing", "10");
    AtomicInteger requests = new AtomicInteger();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (HttpClient onwards = HttpClient.newHttpClient();
        StipendClient losing =
            new StipendClient(
                "http://localhost:" + proxy.getAddress().getPort(), stack.adminKey())) {
      // Every request gets through; of two answers, one does.
      proxy.createContext(
          "/",
          exchange ->
              Forwarding.forward(
                  stack.url(), onwards, exchange, requests.incrementAndGet() % 2 == 1));
      proxy.start();

      losing.guarded(
          work("losing", "6"),
          granted -> {
            assertThat(client.usage(budget, "losing").held()).isEqualByComparingTo("6");
            return done("5");
          });
    } finally {
      proxy.stop(0);
    }
    assertThat(requests).hasValue(4);
    assertStanding(budget, "losing", "5");
  }

  @Test
  void theDocumentedPythonSnippetGuardsCallsAsItSays(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(hasPython(), "python3 is not installed");
    UUID budget = budget("snake", "1");
    Matcher snippet =
        Pattern.compile("```python\n(.*?def guarded\\(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("docs/enforcement.md")));
    assertThat(snippet.find()).isTrue();
    Path script =
        Files.writeString(
            directory.resolve("snippet.py"),
            snippet.group(1)
                + """

                import os
                stipend.__defaults__ = (os.environ["STIPEND_URL"], os.environ["STIPEND_KEY"])
                work = {"userId": "snake", "agentId": "a1", "estimatedCost": "0.6"}
                print(guarded(work, lambda most: ("made", {"cost": "0.5"})))
                def fail(most):
                    raise ValueError("the model is down")
                try:
                    guarded(work | {"estimatedCost": "0.5"}, fail)
                except ValueError as failure:
                    print(failure)
                try:
                    guarded(work, lambda most: ("never", {"cost": "0.6"}))
                except BudgetExceeded as refused:
                    print(*(refused.fields[name] for name in ("budgetId", "budgetName")),
                          *(float(refused.fields[name]) for name in ("limitAmount", "currentSpend", "estimatedCost")))
                logging.basicConfig(format="%(message).11s")
                print(guarded(work | {"userId": "keeper"}, lambda most: ("kept", {"cost": "much"})))
                """);
    ProcessBuilder builder =
        new ProcessBuilder("python3", script.toString()).redirectErrorStream(true);
    builder.environment().put("STIPEND_URL", stack.url());
    builder.environment().put("STIPEND_KEY", stack.adminKey());
    Process python = builder.start();

    assertThat(python.inputReader().lines())
        .containsExactlyInAnyOrder(
            "made",
            "the model is down",
            budget + " Budget of snake 1.0 0.5 0.6",
            "reservation",
            "kept");

    assertThat(python.waitFor()).isZero();
    assertStanding(budget, "snake", "0.5");
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException missing) {
      System.out.println("skipped: python3 is not installed, the documented snippet is not run");
      return false;
    }
  }

  private static UUID budget(String user, String limit) {
    return client.createBudget(
        "Budget of " + user, "user", user, new BigDecimal(limit), "monthly", true);
  }

  private static Work work(String user, String estimate) {
    return Work.costing(user, "a1", new BigDecimal(estimate));
  }

  private static Done<String> done(String cost) {
    return new Done<>("made", Usage.costing(new BigDecimal(cost)));
  }

  private static BigDecimal ledger() {
    return stack.report().totals().spend();
  }

  private static void assertStanding(UUID budget, String user, String spend) {
    assertThat(client.usage(budget, user).spend()).isEqualByComparingTo(spend);
    assertThat(client.usage(budget, user).held()).isEqualByComparingTo("0");
  }
}
