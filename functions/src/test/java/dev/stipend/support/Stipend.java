package dev.stipend.support;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stipend.function.BudgetApiFunction;
import dev.stipend.function.DeliverAlertsFunction;
import dev.stipend.function.MaintainLedgerFunction;
import dev.stipend.function.MigrateDatabaseFunction;
import dev.stipend.function.RecordUsageFunction;
import dev.stipend.function.SweepBudgetsFunction;
import dev.stipend.json.ExactJson;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// A whole Stipend in one process: one context, a handler for each function, its own database and
/// its own alerts queue. Tests drive it as AWS would.
public final class Stipend implements AutoCloseable {
  public static final String ADMIN_KEY = "test-admin-key-of-user-u1";

  public final SettableClock clock;
  public final ApplicationContext context;
  public final Database database;
  private final RecordUsageFunction record;
  private final DeliverAlertsFunction deliver;
  private final SweepBudgetsFunction sweep;
  private final MaintainLedgerFunction maintain;
  private final BudgetApiFunction api;
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
    context = ApplicationContext.builder("function").properties(properties).start();
    clock = context.getBean(SettableClock.class);
    sqs = context.getBean(SqsClient.class);
    sqs.createQueue(queue -> queue.queueName(alertsQueue));
    new MigrateDatabaseFunction(context).handleRequest(Map.of("verb", "deploy"), new TestContext());
    record = new RecordUsageFunction(context);
    deliver = new DeliverAlertsFunction(context);
    sweep = new SweepBudgetsFunction(context);
    maintain = new MaintainLedgerFunction(context);
    api = new BudgetApiFunction(context);
    maintain("maintain");
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

  public Map<String, Object> sweep() {
    return sweep.handleRequest(Map.of(), new TestContext());
  }

  public Map<String, Object> maintain(String verb) {
    return maintain.handleRequest(Map.of("verb", verb), new TestContext());
  }

  /// Sends a request through the API Gateway handler with the admin key.
  public Answer api(String method, String pathAndQuery, String body) {
    return api(method, pathAndQuery, body, Map.of("x-api-key", ADMIN_KEY));
  }

  /// Sends a request through the API Gateway handler with these headers.
  public Answer api(String method, String pathAndQuery, String body, Map<String, String> headers) {
    URI uri = URI.create(pathAndQuery);
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", "application/json");
    RequestContext.Http http =
        RequestContext.Http.builder().withMethod(method).withPath(uri.getPath()).build();
    APIGatewayV2HTTPEvent event =
        APIGatewayV2HTTPEvent.builder()
            .withVersion("2.0")
            .withRawPath(uri.getPath())
            .withRawQueryString(uri.getRawQuery() == null ? "" : uri.getRawQuery())
            .withHeaders(all)
            .withQueryStringParameters(query(uri))
            .withBody(body.isEmpty() ? null : body)
            .withRequestContext(RequestContext.builder().withHttp(http).build())
            .build();
    return new Answer(api.handleRequest(event, new TestContext()));
  }

  /// What the API answered.
  public record Answer(APIGatewayV2HTTPResponse response) {
    public int status() {
      return response.getStatusCode();
    }

    public String body() {
      return Objects.requireNonNullElse(response.getBody(), "");
    }

    public Map<?, ?> json() {
      return (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(body()));
    }

    public String text(String field) {
      return String.valueOf(json().get(field));
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getQuery() != null) {
      for (String pair : uri.getQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
    }
    return query;
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
