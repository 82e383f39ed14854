package dev.stipend.local;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.local.catcher.MailCatcher;
import dev.stipend.local.catcher.SlackBotCatcher;
import dev.stipend.local.catcher.SlackCatcher;
import dev.stipend.local.catcher.WebhookCatcher;
import dev.stipend.local.database.DataDirectory;
import dev.stipend.local.database.LocalDatabase;
import dev.stipend.local.http.ApiGateway;
import dev.stipend.local.http.HttpFront;
import dev.stipend.local.http.InvokeApi;
import dev.stipend.local.lambda.LocalFunction;
import dev.stipend.local.queue.LocalQueue;
import dev.stipend.local.queue.LocalQueues;
import dev.stipend.local.queue.SqsPoller;
import dev.stipend.local.report.LedgerReport;
import dev.stipend.local.schedule.ScheduledEvent;
import dev.stipend.local.schedule.Scheduler;
import dev.stipend.local.template.HttpTrigger;
import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.template.ScheduleTrigger;
import dev.stipend.local.template.SqsTrigger;
import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// Everything of one run: the stand-ins for AWS, and the functions behind their real handlers in
/// one application context. What it opens is closed in the reverse order by the [Closing] it is
/// given.
final class LocalStack {

  private static final String RECORD = "RecordUsageFunction";
  private static final String DELIVER = "DeliverAlertsFunction";
  private static final String MIGRATE = "MigrateDatabaseFunction";
  private static final String MAINTAIN = "MaintainLedgerFunction";
  private static final String SWEEP = "SweepBudgetsFunction";

  private final SamTemplate template;
  private final String adminKey;
  private final HttpFront http;
  private final LocalDatabase database;
  private final LocalQueues queues;
  private final ApplicationContext context;
  private final Optional<SlackCatcher> slack;
  private final Optional<MailCatcher> mail;
  private final Optional<WebhookCatcher> webhooks;
  private final Map<String, LocalFunction<Map<String, Object>, Map<String, Object>>> direct =
      new HashMap<>();
  private final List<SqsPoller> pollers = new ArrayList<>();

  private LocalStack(
      LocalOptions options,
      SamTemplate template,
      LocalEnvironment environment,
      Terminal terminal,
      Closing closing) {
    this.template = template;
    Optional<DataDirectory> directory = options.data().map(DataDirectory::claim).map(closing::add);
    this.adminKey =
        options
            .apiKey()
            .or(() -> directory.map(DataDirectory::adminKey))
            .orElseGet(DataDirectory::newKey);
    this.http = closing.add(HttpFront.bind(options.port()));
    this.database =
        closing.add(
            directory
                .map(kept -> LocalDatabase.kept(kept.path()))
                .orElseGet(LocalDatabase::inMemory));
    this.queues = closing.add(LocalQueues.start(template.queues()));
    this.mail =
        environment.mailIsReal()
            ? Optional.empty()
            : Optional.of(closing.add(MailCatcher.start(terminal)));
    String webhookSecret = WebhookCatcher.newSecret();
    this.context =
        closing.add(
            new FunctionContext(options, environment, http.url(), adminKey)
                .database(database.url())
                .queues(queues, queueOf(RECORD), queueOf(DELIVER))
                .slackBot(
                    environment.slackIsReal()
                        ? Optional.empty()
                        : Optional.of(http.url() + SlackBotCatcher.PATH))
                .smtp(mail.map(MailCatcher::url))
                .webhook(
                    environment.webhookIsReal()
                        ? Optional.empty()
                        : Optional.of(http.url() + WebhookCatcher.PATH),
                    webhookSecret)
                .start());
    this.slack =
        environment.slackIsReal()
            ? Optional.empty()
            : Optional.of(new SlackCatcher(terminal, json()));
    this.webhooks =
        environment.webhookIsReal()
            ? Optional.empty()
            : Optional.of(new WebhookCatcher(webhookSecret, options.clock(), terminal, json()));
  }

  /// Starts everything up to the point where usage can come in.
  ///
  /// @throws LocalFailure when something of the machine is in the way
  static LocalStack start(
      LocalOptions options,
      SamTemplate template,
      LocalEnvironment environment,
      Terminal terminal,
      Closing closing) {
    LocalStack stack = new LocalStack(options, template, environment, terminal, closing);
    stack.context.getBean(ShutdownOrder.class).first(() -> closing.closeAfter(stack.context));
    closing.beginWith(stack.context);
    stack.createDirectFunctions();
    stack.invoke(MIGRATE, Map.of("verb", "deploy"));
    stack.invoke(MAINTAIN, Map.of("verb", "maintain"));
    stack.startPollers(closing);
    if (!options.once()) {
      stack.startSchedules(closing);
    }
    stack.startHttp(options);
    return stack;
  }

  String url() {
    return http.url();
  }

  String adminKey() {
    return adminKey;
  }

  String databaseAddress() {
    return database.address();
  }

  JsonMapper json() {
    return context.getBean(JsonMapper.class);
  }

  ApplicationContext context() {
    return context;
  }

  Optional<SlackCatcher> slack() {
    return slack;
  }

  Optional<MailCatcher> mail() {
    return mail;
  }

  Optional<WebhookCatcher> webhooks() {
    return webhooks;
  }

  LedgerReport report() {
    return new LedgerReport(database.dataSource());
  }

  LocalQueue usageQueue() {
    return queues.queue(queueOf(RECORD));
  }

  URI queueEndpoint() {
    return queues.endpoint();
  }

  /// Puts one message of the workspace `default` on the usage queue.
  void send(String body) {
    MessageAttributeValue workspace =
        MessageAttributeValue.builder().dataType("String").stringValue("default").build();
    queues
        .client()
        .sendMessage(
            request ->
                request
                    .queueUrl(usageQueue().url())
                    .messageAttributes(Map.of("workspace", workspace))
                    .messageBody(body));
  }

  /// Evaluates what is due, as the schedule does.
  void sweep() {
    invoke(SWEEP, Map.of());
  }

  /// Usage messages that are not recorded yet.
  long usageMessages() {
    return queues.depth(usageQueue());
  }

  /// Alert messages that are not worked off yet.
  long alertMessages() {
    return queues.depth(queues.queue(queueOf(DELIVER)));
  }

  /// The last error that a function threw on a batch, if any.
  Optional<String> failure() {
    return pollers.stream().map(SqsPoller::lastFailure).flatMap(Optional::stream).findFirst();
  }

  private void invoke(String name, Map<String, Object> event) {
    try {
      Objects.requireNonNull(direct.get(name), name).invoke(event);
    } catch (RuntimeException e) {
      throw new LocalFailure("%s failed: %s".formatted(name, e.getMessage()), e);
    }
  }

  private String queueOf(String function) {
    return template.sqsTriggers().stream()
        .filter(trigger -> trigger.function().equals(function))
        .map(SqsTrigger::queue)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("template.yaml gives " + function + " no queue"));
  }

  /// Functions that take JSON objects: all that neither a queue nor HTTP feeds.
  private void createDirectFunctions() {
    List<String> fed =
        new ArrayList<>(template.sqsTriggers().stream().map(SqsTrigger::function).toList());
    template.httpTriggers().forEach(trigger -> fed.add(trigger.function()));
    template.functions().stream()
        .filter(function -> !fed.contains(function.logicalId()))
        .forEach(
            function -> direct.put(function.logicalId(), LocalFunction.create(function, context)));
  }

  private void startPollers(Closing closing) {
    for (SqsTrigger trigger : template.sqsTriggers()) {
      LocalFunction<SQSEvent, SQSBatchResponse> function =
          LocalFunction.create(template.function(trigger.function()), context);
      pollers.add(
          closing.add(
              SqsPoller.start(
                  queues.client(), queues.queue(trigger.queue()), trigger, function::invoke)));
    }
  }

  private void startSchedules(Closing closing) {
    Scheduler scheduler = closing.add(new Scheduler());
    for (ScheduleTrigger trigger : template.scheduleTriggers()) {
      scheduler.add(trigger, () -> invoke(trigger.function(), ScheduledEvent.of(trigger, json())));
    }
  }

  private void startHttp(LocalOptions options) {
    for (HttpTrigger trigger : template.httpTriggers()) {
      LocalFunction<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function =
          LocalFunction.create(template.function(trigger.function()), context);
      http.route("/", new ApiGateway(function::invoke));
    }
    http.route(InvokeApi.PREFIX, new InvokeApi(direct, json()));
    slack.ifPresent(
        catcher -> {
          http.route(SlackCatcher.PATH, catcher);
          http.route(SlackBotCatcher.PATH, new SlackBotCatcher(catcher, json()));
        });
    mail.ifPresent(catcher -> http.route(MailCatcher.PATH, catcher));
    webhooks.ifPresent(catcher -> http.route(WebhookCatcher.PATH, catcher));
    http.route(
        CaughtMessages.PATH,
        new CaughtMessages(report(), options.clock(), slack, mail, webhooks, json()));
    http.start();
  }
}
