package dev.stipend.bench;

import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import dev.stipend.local.runtime.Answer;
import dev.stipend.local.runtime.CpuLimit;
import dev.stipend.local.runtime.ExecutionEnvironment;
import dev.stipend.local.runtime.ExecutionEnvironment.Start;
import dev.stipend.local.runtime.ShippedZip;
import dev.stipend.local.template.FunctionResource;
import dev.stipend.local.template.SamTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.postgresql.Driver;

/// Cold starts of the shipped zip under Lambda's runtime client, each beside a handler without a
/// framework that connects as well: from the start of the process to the first answer; and the
/// first answer alone, after a start and after a snapshot is restored.
final class ColdStartBenchmark {
  private static final double START_RATIO = 2;
  private static final double FIRST_RATIO = 2;
  private static final double FIRST_PAGE_RATIO = 3;
  private static final String API = "BudgetApiFunction";
  private static final String KEY = "stp_benchmark_0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int WARM = 100;
  private static final double PERCENTILE = 0.99;
  private static final String PLAIN = "plain";
  private static final String RESTORE = "restore ";

  private static final Pattern NO_SUCCESS = Pattern.compile("\"statusCode\":[345]");

  private final int rounds = Integer.getInteger("stipend.bench.rounds", 10);
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, Supplier<String>> events = new LinkedHashMap<>();
  private final SamTemplate template;
  private final List<Figure> figures = new ArrayList<>();

  private ColdStartBenchmark(SamTemplate template, String url) {
    this.template = template;
    variables.put("DATABASE_URL", url);
    variables.put(
        "PLAIN_URL",
        "jdbc:" + url.replaceFirst("//([^:]+):([^@]+)@(.*)", "//$3?user=$1&password=$2"));
    variables.put("ADMIN_API_KEY", KEY);
    variables.put("ALERTS_QUEUE_URL", "http://127.0.0.1:1/000000000000/alerts");
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", "bench");
    variables.put("AWS_SECRET_ACCESS_KEY", "bench");
    events.put("RecordUsageFunction", ColdStartBenchmark::usage);
    events.put(API, ColdStartBenchmark::health);
    events.put("SweepBudgetsFunction", () -> "{}");
    events.put("DeliverAlertsFunction", () -> "{\"Records\":[]}");
    events.put("MaintainLedgerFunction", () -> "{\"verb\":\"reconcile\"}");
    events.put("MigrateDatabaseFunction", () -> "{\"verb\":\"status\"}");
  }

  static List<Figure> run(PostgresServer postgres) {
    Path root = Path.of(System.getProperty("stipend.root", "."));
    try (ShippedZip zip =
            ShippedZip.unpack(root.resolve("functions/target/stipend-functions.zip"));
        ShippedZip plain = ShippedZip.at(plainHandler())) {
      ColdStartBenchmark benchmark =
          new ColdStartBenchmark(
              SamTemplate.read(root.resolve("template.yaml")), postgres.create("coldstart"));
      for (String memory : System.getProperty("stipend.bench.memory", "1024").split(",", -1)) {
        int megabytes = Integer.parseInt(memory);
        tellLimit(megabytes);
        benchmark.measure(zip, plain, megabytes);
      }
      return benchmark.figures;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void tellLimit(int memory) {
    try (CpuLimit limit = CpuLimit.of(memory).orElse(null)) {
      System.out.printf(
          "%,d MB: %s%n",
          memory, limit == null ? "skipped the limit of processor time: no rights" : limit);
    }
  }

  private void measure(ShippedZip zip, ShippedZip plain, int memory) {
    try (ExecutionEnvironment migrate = start(zip, "MigrateDatabaseFunction", memory, Start.COLD)) {
      answered(migrate.invoke("{\"verb\":\"deploy\"}"));
    }
    Medians starts = new Medians();
    for (int round = 0; round < rounds; round++) {
      starts.add(PLAIN, cold(plain, PLAIN, memory));
      for (String function : events.keySet()) {
        starts.add(function, cold(zip, function, memory));
      }
    }
    for (String function : events.keySet()) {
      add(
          "%s, %d MB: start to first answer".formatted(function, memory),
          starts.of(function),
          OptionalDouble.of(starts.of(PLAIN)),
          new Figure.Requirement.RatioAtMost(START_RATIO));
    }
    for (String function : List.of("RecordUsageFunction", API)) {
      FirstAnswer answer = first(zip, function, memory, events.getOrDefault(function, () -> "{}"));
      addFirst("%s, %d MB: ".formatted(function, memory), answer);
    }
    String cookie = signIn(zip, memory);
    FirstAnswer page =
        first(zip, API, memory, () -> request("GET", "/", "\"cookies\":[\"" + cookie + "\"],"));
    add(
        "%s, %d MB: first page primed and restored, by warm p50".formatted(API, memory),
        page.first().of(Start.SNAPSHOT.name()),
        OptionalDouble.of(page.warm(0.5)),
        new Figure.Requirement.RatioAtMost(FIRST_PAGE_RATIO));
  }

  /// The cookie of a session of the console.
  private String signIn(ShippedZip zip, int memory) {
    try (ExecutionEnvironment api = start(zip, API, memory, Start.COLD)) {
      Answer answer =
          api.invoke(request("POST", "/session", "\"body\":\"key=%s\",".formatted(KEY)));
      Matcher cookie = Pattern.compile("[\\w-]*stipend-session=[^;\"]+").matcher(answer.text());
      if (!cookie.find()) {
        throw new IllegalStateException(answer.text());
      }
      return cookie.group();
    }
  }

  private double cold(ShippedZip zip, String function, int memory) {
    long begin = System.nanoTime();
    try (ExecutionEnvironment environment = start(zip, function, memory, Start.COLD)) {
      invoke(environment, function);
      return milliseconds(begin);
    }
  }

  /// The first answer after a start, and after a restore, beside those of a warm function.
  ///
  /// @param warmTimes in their order
  private record FirstAnswer(Medians first, List<Double> warmTimes) {
    double warm(double share) {
      return warmTimes.get(Math.max((int) (WARM * share) - 1, 0));
    }
  }

  private FirstAnswer first(ShippedZip zip, String function, int memory, Supplier<String> event) {
    Medians first = new Medians();
    double[] warm = new double[WARM];
    for (int round = 0; round < rounds; round++) {
      for (Start how : Start.values()) {
        try (ExecutionEnvironment environment = start(zip, function, memory, how)) {
          environment.awaitInitialised();
          long snapshot = System.nanoTime();
          environment.restore();
          long begin = System.nanoTime();
          first.add(RESTORE + how.name(), (begin - snapshot) / 1e6);
          answered(environment.invoke(event.get()));
          first.add(how.name(), milliseconds(begin));
          for (int i = 0; round == 0 && i < 2 * WARM; i++) {
            long again = System.nanoTime();
            answered(environment.invoke(event.get()));
            warm[i % WARM] = milliseconds(again);
          }
        }
      }
    }
    return new FirstAnswer(first, Arrays.stream(warm).sorted().boxed().toList());
  }

  private void addFirst(String name, FirstAnswer answer) {
    Medians first = answer.first();
    double p99 = answer.warm(PERCENTILE);
    add(
        name + "warm p50",
        answer.warm(0.5),
        OptionalDouble.empty(),
        new Figure.Requirement.Nothing());
    add(
        name + "restore, a new connection included",
        first.of(RESTORE + Start.SNAPSHOT.name()),
        OptionalDouble.empty(),
        new Figure.Requirement.Nothing());
    add(
        name + "first answer unprimed, by warm p99",
        first.of(Start.COLD.name()),
        OptionalDouble.of(p99),
        new Figure.Requirement.Nothing());
    add(
        name + "first answer primed and restored, by warm p99",
        first.of(Start.SNAPSHOT.name()),
        OptionalDouble.of(p99),
        new Figure.Requirement.RatioAtMost(FIRST_RATIO));
  }

  private void add(
      String name, double measured, OptionalDouble limit, Figure.Requirement required) {
    figures.add(new Figure(name, "ms", measured, limit, required));
  }

  private ExecutionEnvironment start(ShippedZip zip, String function, int memory, Start how) {
    FunctionResource resource =
        function.equals(PLAIN)
            ? new FunctionResource(
                PLAIN, PlainHandler.class.getName(), Duration.ofMinutes(1), memory, List.of())
            : template.function(function).withMemory(memory);
    return ExecutionEnvironment.start(resource, zip, variables, how, CpuLimit.of(memory));
  }

  private void invoke(ExecutionEnvironment environment, String function) {
    answered(environment.invoke(events.getOrDefault(function, () -> "{}").get()));
  }

  private static void answered(Answer answer) {
    if (answer.failed() || NO_SUCCESS.matcher(answer.text()).find()) {
      throw new IllegalStateException(answer.text());
    }
  }

  private static double milliseconds(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  /// The handler and the driver, and nothing else.
  private static Path plainHandler() throws IOException {
    try {
      Path root = Files.createTempDirectory("stipend-plain-");
      FileUtils.copyFileToDirectory(
          Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toFile(),
          root.resolve("lib").toFile());
      String name = PlainHandler.class.getName().replace('.', '/') + ".class";
      FileUtils.copyURLToFile(
          PlainHandler.class.getClassLoader().getResource(name), root.resolve(name).toFile());
      return root;
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// An event that was not there before.
  private static String usage() {
    return """
    {"Records":[{"messageId":"1","receiptHandle":"r","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:usage",
      "awsRegion":"us-east-1","attributes":{},"messageAttributes":{},"body":"{\\"eventId\\":\\"%s\\",\\"occurredAt\\":\\"%s\\",\\"userId\\":\\"u\\",\\"agentId\\":\\"a\\",\\"model\\":\\"gpt-4o\\",\\"provider\\":\\"openai\\",\\"cost\\":\\"0.01\\"}"}]}
    """
        .formatted(UUID.randomUUID(), Instant.now());
  }

  private static String health() {
    return request("GET", "/api/health", "");
  }

  /// A request of the console's own page, as the gateway hands it on.
  ///
  /// @param more of the event, as JSON
  private static String request(String method, String path, String more) {
    return """
    {"version":"2.0","routeKey":"$default","rawPath":"%2$s","rawQueryString":"",%3$s
      "headers":{"host":"stipend.example.com","origin":"https://stipend.example.com","accept":"*/*","accept-encoding":"gzip",
        "x-forwarded-proto":"https","x-forwarded-for":"203.0.113.9","content-type":"application/x-www-form-urlencoded"},
      "requestContext":{"http":{"method":"%1$s","path":"%2$s","protocol":"HTTP/1.1","sourceIp":"203.0.113.9"},"stage":"$default"},"isBase64Encoded":false}
    """
        .formatted(method, path, more);
  }
}
