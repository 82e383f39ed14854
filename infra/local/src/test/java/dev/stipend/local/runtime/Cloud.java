package dev.stipend.local.runtime;

import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.sun.net.httpserver.HttpExchange;
import dev.stipend.local.catcher.SlackCatcher;
import dev.stipend.local.database.LocalDatabase;
import dev.stipend.local.http.HttpFront;
import dev.stipend.local.http.Replies;
import dev.stipend.local.queue.LocalQueues;
import dev.stipend.local.template.QueueResource;
import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.template.SqsTrigger;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What surrounds the functions of a stack: database, queues with short times, secrets, Slack, and
/// the place that CloudFormation is answered at. A function gets the variables that the template
/// gives it, and finds secrets in Secrets Manager only.
final class Cloud implements AutoCloseable {
  static final String ADMIN_KEY = "stp_an-admin-key-of-48-characters-as-it-is-generated";
  static final String STACK_ANSWERS = "/stack";
  private static final String SECRETS = "/secrets";
  private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
  private static final int HANDED_OUT = 2;

  /// Longer than any batch takes here, even on a slow machine.
  private static final Duration VISIBLE_AGAIN = Duration.ofSeconds(40);

  final SamTemplate template;
  final JsonMapper json = JsonMapper.createDefault();
  final LocalQueues queues;
  final HttpFront http = HttpFront.bind(0);
  final SlackCatcher slack =
      new SlackCatcher(
          new Terminal(
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false),
          json);
  final BlockingQueue<Map<String, Object>> stackAnswers = new LinkedBlockingQueue<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final List<ExecutionEnvironment> environments = new ArrayList<>();
  private final ShippedZip zip;
  private final Path data;
  private LocalDatabase database;

  Cloud(ShippedZip zip, Path data) throws IOException {
    this.zip = zip;
    this.data = data;
    template = SamTemplate.read(Path.of("..", "..", "template.yaml"));
    queues = LocalQueues.start(template.queues().stream().map(Cloud::impatient).toList());
    database = LocalDatabase.kept(data);
    secrets.put("DATABASE_URL", database.url());
    secrets.put("ADMIN_API_KEY", ADMIN_KEY);
    secrets.put("SLACK_WEBHOOK_URL", http.url() + SlackCatcher.PATH);
    http.route(SlackCatcher.PATH, slack);
    http.route(SECRETS, this::secret);
    http.route(STACK_ANSWERS, this::stackAnswered);
    http.start();
  }

  /// A day in the life of a queue passes in seconds here.
  private static QueueResource impatient(QueueResource queue) {
    return new QueueResource(
        queue.logicalId(),
        VISIBLE_AGAIN,
        queue.retention(),
        queue
            .redrive()
            .map(redrive -> new QueueResource.Redrive(redrive.deadLetterQueue(), HANDED_OUT)));
  }

  LocalDatabase database() {
    return database;
  }

  void stopDatabase() {
    database.close();
  }

  /// Another server on the same data, at another place: the secret says where.
  void startDatabase() {
    database = LocalDatabase.kept(data);
    secrets.put("DATABASE_URL", database.url());
  }

  ExecutionEnvironment start(String function, ExecutionEnvironment.Start start) {
    ExecutionEnvironment environment =
        ExecutionEnvironment.start(template.function(function), zip, variables(function), start);
    environments.add(environment);
    return environment.awaitInitialised();
  }

  private Map<String, String> variables(String function) {
    Map<String, String> values = new ConcurrentHashMap<>();
    secrets.keySet().forEach(name -> values.put(name + "_ARN", ARN + name));
    values.put("ADMIN_USER_ID", "admin");
    values.put("STIPEND_STACK", "zip");
    values.put("STIPEND_LOG", "json");
    for (SqsTrigger trigger : template.sqsTriggers()) {
      String name = trigger.queue().replace("Queue", "").toUpperCase(Locale.ROOT);
      values.put(name + "_QUEUE_URL", queues.queue(trigger.queue()).url());
    }
    Map<String, String> variables =
        template.function(function).variables().stream()
            .filter(values::containsKey)
            .collect(
                Collectors.toMap(name -> name, name -> Objects.requireNonNull(values.get(name))));
    variables.put("AWS_REGION", LocalQueues.REGION.id());
    variables.put("AWS_ACCESS_KEY_ID", LocalQueues.CREDENTIAL);
    variables.put("AWS_SECRET_ACCESS_KEY", LocalQueues.CREDENTIAL);
    variables.put("AWS_ENDPOINT_URL_SQS", queues.endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", http.url() + SECRETS);
    return variables;
  }

  /// An invocation with an event object, as Lambda writes it, and its answer, as Lambda reads it.
  static <I, O> Optional<O> invoke(
      ExecutionEnvironment environment, Class<I> in, I event, Class<O> out) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    serializer(in).toJson(event, json);
    Answer answer = environment.invoke(json.toString(StandardCharsets.UTF_8));
    if (answer.failed()) {
      throw new IllegalStateException(answer.text());
    }
    return Optional.ofNullable(
        serializer(out)
            .fromJson(new ByteArrayInputStream(answer.text().getBytes(StandardCharsets.UTF_8))));
  }

  private static <T> PojoSerializer<T> serializer(Class<T> type) {
    return LambdaEventSerializers.serializerFor(type, type.getClassLoader());
  }

  /// What CloudFormation was told last.
  Map<String, Object> stackAnswer() throws InterruptedException {
    return Objects.requireNonNull(stackAnswers.poll(10, TimeUnit.SECONDS), "no answer");
  }

  private void stackAnswered(HttpExchange exchange) throws IOException {
    stackAnswers.add(read(exchange));
    Replies.text(exchange, 200, "");
  }

  private void secret(HttpExchange exchange) throws IOException {
    String id = String.valueOf(read(exchange).get("SecretId"));
    String value = secrets.get(id.replace(ARN, ""));
    if (value == null) {
      Replies.json(exchange, 400, "{\"__type\":\"ResourceNotFoundException\"}");
    } else {
      Replies.json(exchange, 200, write(Map.of("ARN", id, "SecretString", value)));
    }
  }

  private Map<String, Object> read(HttpExchange exchange) throws IOException {
    return json.readValue(
        exchange.getRequestBody().readAllBytes(), Argument.mapOf(String.class, Object.class));
  }

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    environments.forEach(ExecutionEnvironment::close);
    queues.close();
    http.close();
    database.close();
  }

  /// What CloudFormation asks of the function that migrates.
  String stackEvent(String type) {
    return write(
        Map.of(
            "RequestType",
            type,
            "ResponseURL",
            http.url() + STACK_ANSWERS,
            "StackId",
            "arn:aws:cloudformation:us-east-1:000000000000:stack/stipend/1",
            "RequestId",
            UUID.randomUUID().toString(),
            "LogicalResourceId",
            "DatabaseMigration",
            "ResourceType",
            "Custom::DatabaseMigration",
            "ResourceProperties",
            Map.of("FunctionVersion", "1")));
  }

  /// How many rows each table has.
  String rowsOfAllTables() throws SQLException {
    return value(
        """
        SELECT string_agg(relname || (xpath('/row/n/text()', query_to_xml(
            format('SELECT count(*) AS n FROM stipend.%I', relname), false, true, '')))[1]::text, ' ' ORDER BY relname)
        FROM pg_class
        WHERE relnamespace = CAST('stipend' AS regnamespace) AND relkind = 'r'
        """);
  }

  /// The one value that a query answers.
  String value(String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }
}
