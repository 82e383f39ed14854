package dev.stipend.support;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.zaxxer.hikari.HikariDataSource;
import dev.stipend.lambda.BudgetApiFunction;
import dev.stipend.lambda.DeliverAlertsFunction;
import dev.stipend.lambda.MaintainLedgerFunction;
import dev.stipend.lambda.MigrateDatabaseFunction;
import dev.stipend.lambda.RecordUsageFunction;
import dev.stipend.lambda.SweepBudgetsFunction;
import dev.stipend.support.database.Database;
import dev.stipend.support.http.Requests;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// A whole Stipend in one process: one context, a handler for each function, its own database and
/// its own alerts queue. Tests drive it as AWS would.
public final class Stipend implements AutoCloseable {
  public static final String ADMIN_KEY = "test-admin-key-of-user-u1";

  public final SettableClock clock;
  public final ApplicationContext context;
  public final Database database;
  private final Map<String, Object> settings;
  private final RecordUsageFunction record;
  private final DeliverAlertsFunction deliver;
  private final SweepBudgetsFunction sweep;
  private final MaintainLedgerFunction maintain;
  private final Requests requests;
  private final SqsClient sqs;
  private final String alertsQueue;

  /// Starts on a database, migrating it as a deployment would.
  public Stipend(String databaseUrl, Map<String, Object> settings) {
    this.database = new Database(databaseUrl);
    Map<String, Object> properties = new HashMap<>();
    alertsQueue = "alerts-" + UUID.nameUUIDFromBytes(databaseUrl.getBytes(StandardCharsets.UTF_8));
    properties.put("database.url", databaseUrl);
    properties.put("admin.api.key", ADMIN_KEY);
    properties.put("admin.user.id", "u1");
    properties.put("alerts.queue.url", TestServers.SQS_ENDPOINT + "/000000000000/" + alertsQueue);
    properties.put("datasources.default.maximum-pool-size", 16);
    properties.putAll(settings);
    this.settings = Map.copyOf(properties);
    context = ApplicationContext.builder("function").properties(properties).start();
    clock = context.getBean(SettableClock.class);
    sqs = context.getBean(SqsClient.class);
    sqs.createQueue(queue -> queue.queueName(alertsQueue));
    new MigrateDatabaseFunction(context).handleRequest(Map.of("verb", "deploy"), new TestContext());
    record = new RecordUsageFunction(context);
    deliver = new DeliverAlertsFunction(context);
    sweep = new SweepBudgetsFunction(context);
    maintain = new MaintainLedgerFunction(context);
    requests = new Requests(new BudgetApiFunction(context));
    maintain("maintain");
  }

  /// What another process needs to work on the same database and queue.
  public Map<String, Object> settings() {
    return settings;
  }

  /// Sets a variable of the environment from now on.
  public void set(String property, String value) {
    context
        .getEnvironment()
        .addPropertySource(PropertySource.of(property, Map.of(property, value)));
  }

  /// Another process on the same database and queue.
  public Stipend another() {
    return new Stipend(String.valueOf(settings.get("database.url")), settings);
  }

  /// Lends no session of the database again that is open now.
  public void forgetSessions() {
    DataSource pool = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
    ((HikariDataSource) pool).getHikariPoolMXBean().softEvictConnections();
  }

  /// Invokes RecordUsageFunction with one message for each body, and answers which failed, by their
  /// place.
  public List<Integer> record(String... bodies) {
    List<SQSMessage> messages = new ArrayList<>();
    for (int i = 0; i < bodies.length; i++) {
      messages.add(message(Integer.toString(i), bodies[i]));
    }
    return failures(record.handleRequest(event(messages), new TestContext()));
  }

  /// Invokes RecordUsageFunction with messages that carry the attribute `workspace`.
  public List<Integer> recordFor(String workspace, String... bodies) {
    return recordFor(Collections.nCopies(bodies.length, workspace), bodies);
  }

  /// The same, each message with a workspace of its own.
  public List<Integer> recordFor(List<String> workspaces, String... bodies) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    for (int i = 0; i < bodies.length; i++) {
      entries.add(Map.entry(workspaces.get(i), bodies[i]));
    }
    return record(entries);
  }

  /// Invokes RecordUsageFunction with messages of several workspaces, each with its body.
  public List<Integer> record(List<Map.Entry<String, String>> bodies) {
    List<SQSMessage> messages = new ArrayList<>();
    for (Map.Entry<String, String> body : bodies) {
      SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
      attribute.setDataType("String");
      attribute.setStringValue(body.getKey());
      messages.add(message(Integer.toString(messages.size()), body.getValue(), attribute));
    }
    return failures(record.handleRequest(event(messages), new TestContext()));
  }

  /// Invokes RecordUsageFunction with a message whose attribute `workspace` is this.
  public List<Integer> recordWith(SQSEvent.MessageAttribute workspace, String body) {
    return failures(
        record.handleRequest(event(List.of(message("0", body, workspace))), new TestContext()));
  }

  private static SQSMessage message(String id, String body, SQSEvent.MessageAttribute workspace) {
    SQSMessage message = message(id, body);
    message.setMessageAttributes(Map.of("workspace", workspace));
    return message;
  }

  /// Invokes DeliverAlertsFunction with everything that is on the alerts queue now, until it is
  /// empty. Answers how many messages there were.
  public int deliverAlerts() {
    int total = 0;
    List<Message> received = receive();
    while (!received.isEmpty()) {
      total += received.size();
      List<SQSMessage> messages =
          received.stream().map(each -> message(each.messageId(), each.body())).toList();
      deliver.handleRequest(event(messages), new TestContext());
      received.forEach(
          each ->
              sqs.deleteMessage(m -> m.queueUrl(queueUrl()).receiptHandle(each.receiptHandle())));
      received = receive();
    }
    return total;
  }

  /// Loses what is on the alerts queue.
  public void loseAlerts() {
    sqs.purgeQueue(request -> request.queueUrl(queueUrl()));
  }

  public Map<String, Object> sweep() {
    return sweep.handleRequest(Map.of(), new TestContext());
  }

  public Map<String, Object> maintain(String verb) {
    return maintain.handleRequest(Map.of("verb", verb), new TestContext());
  }

  /// Sends a request through the API Gateway handler with the admin key.
  public Requests.Answer api(String method, String pathAndQuery, String body) {
    return requests.send(method, pathAndQuery, body, Map.of("x-api-key", ADMIN_KEY));
  }

  /// Sends a request through the API Gateway handler with these headers.
  public Requests.Answer api(
      String method, String pathAndQuery, String body, Map<String, String> headers) {
    return requests.send(method, pathAndQuery, body, headers);
  }

  /// Posts bytes through the API Gateway handler with the admin key, as API Gateway does with
  /// bodies that are not text.
  public Requests.Answer apiInBytes(String path, byte[] body, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("x-api-key", ADMIN_KEY);
    return requests.post(path, body, all);
  }

  private List<Message> receive() {
    return sqs.receiveMessage(request -> request.queueUrl(queueUrl()).maxNumberOfMessages(10))
        .messages();
  }

  private String queueUrl() {
    return TestServers.SQS_ENDPOINT + "/000000000000/" + alertsQueue;
  }

  private static SQSMessage message(String id, String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(id);
    message.setReceiptHandle("receipt-" + id);
    message.setBody(body);
    return message;
  }

  private static SQSEvent event(List<SQSMessage> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }

  private static List<Integer> failures(SQSBatchResponse response) {
    return response.getBatchItemFailures().stream()
        .map(failure -> Integer.valueOf(failure.getItemIdentifier()))
        .toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
