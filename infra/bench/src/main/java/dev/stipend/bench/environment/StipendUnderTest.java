package dev.stipend.bench.environment;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.lambda.MaintainLedgerFunction;
import dev.stipend.lambda.MigrateDatabaseFunction;
import dev.stipend.lambda.RecordUsageFunction;
import dev.stipend.lambda.SweepBudgetsFunction;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The functions over one database, invoked by their Lambda handlers, with the pool of one
/// connection that a deployment has.
public final class StipendUnderTest implements AutoCloseable {
  /// What its first key is.
  public static final String ADMIN_KEY = "stp_benchmark_0123456789abcdefghijklmnopqrstuvwxyz";

  private final ApplicationContext context;
  private final AlertsQueue queue;
  private final RecordUsageFunction record;
  private final SweepBudgetsFunction sweep;
  private final MaintainLedgerFunction maintain;

  /// Migrates the database, as a deployment does.
  public StipendUnderTest(String databaseUrl, AlertsQueue queue) {
    this(databaseUrl, queue, 1);
  }

  /// Starts the functions over a database.
  ///
  /// @param pool connections, where several clients are served by one process
  public StipendUnderTest(String databaseUrl, AlertsQueue queue, int pool) {
    this.queue = queue;
    this.context =
        ApplicationContext.builder("function")
            .properties(
                Map.of(
                    "database.url",
                    databaseUrl,
                    "alerts.queue.url",
                    queue.url(),
                    "datasources.default.maximum-pool-size",
                    pool,
                    "admin.api.key",
                    ADMIN_KEY))
            .start();
    queue.create(context.getBean(SqsClient.class));
    new MigrateDatabaseFunction(context)
        .handleRequest(Map.of("verb", "deploy"), new InvocationContext());
    maintain = new MaintainLedgerFunction(context);
    maintain("maintain");
    record = new RecordUsageFunction(context);
    sweep = new SweepBudgetsFunction(context);
  }

  public ApplicationContext context() {
    return context;
  }

  /// Records a batch of messages.
  ///
  /// @throws IllegalStateException if an event was not recorded
  public void record(SQSEvent batch) {
    SQSBatchResponse response = record.handleRequest(batch, new InvocationContext());
    if (!response.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException(
          response.getBatchItemFailures().size() + " events were not recorded");
    }
  }

  /// Sweeps as the schedule does.
  ///
  /// @throws IllegalStateException if the sweep evaluated another number of counters
  public void sweep(int expected) {
    Map<String, Object> report = sweep();
    if (!Integer.valueOf(expected).equals(report.get("evaluated"))) {
      throw new IllegalStateException("expected " + expected + " evaluated, not " + report);
    }
  }

  public Map<String, Object> sweep() {
    return sweep.handleRequest(Map.of(), new InvocationContext());
  }

  public Map<String, Object> maintain(String verb) {
    return maintain.handleRequest(Map.of("verb", verb), new InvocationContext());
  }

  /// Compares totals with the ledger.
  ///
  /// @throws IllegalStateException if another number of counters differed, or not all was compared
  public void reconcile(String verb, int expected) {
    Map<String, Object> report = maintain(verb);
    if (!Integer.valueOf(expected).equals(report.get("budgetPeriodDifferences"))
        || !List.of().equals(report.get("unfinished"))) {
      throw new IllegalStateException(
          "expected %d differences, not %s".formatted(expected, report));
    }
  }

  /// Imports a file into the workspace `default`.
  public ImportCounts importFile(Path file) {
    Workspace workspace =
        context.getBean(WorkspaceRepository.class).findBySlug(Workspace.DEFAULT_SLUG).orElseThrow();
    return context
        .getBean(ImportUsage.class)
        .run(workspace, file, Map.of(), (counts, bytesRead, bytes) -> {})
        .counts();
  }

  public void emptyAlertsQueue() {
    queue.empty(context.getBean(SqsClient.class));
  }

  @Override
  public void close() {
    context.close();
  }
}
