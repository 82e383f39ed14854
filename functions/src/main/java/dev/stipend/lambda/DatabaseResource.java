package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import dev.stipend.migration.MigrationRequest;
import dev.stipend.migration.Migrator;
import dev.stipend.migration.Option;
import dev.stipend.migration.RunContext;
import dev.stipend.migration.Verb;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.platform.database.SchemaVersion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;

/// The database as a resource of a CloudFormation stack: Stipend's own schema, or with the property
/// `Pack` that of a known system, with `Schema` and `Variant` if it needs them. Its physical id
/// never changes, so CloudFormation never replaces it; deleting it leaves the data alone, and does
/// not even connect. An answer goes out on every path, before Lambda's time is over.
final class DatabaseResource extends AbstractCustomResourceHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseResource.class);
  private static final String PHYSICAL_ID = "stipend-database";
  private static final String PROPERTIES = "ResourceProperties";
  private static final String VERSION = "LatestVersion";
  private static final Map<String, Option> OPTIONS =
      Map.of("Pack", Option.PACK, "Schema", Option.SCHEMA, "Variant", Option.VARIANT);
  private static final Duration BEFORE_THE_END = Duration.ofSeconds(10);
  private static final int LEAST_SHARE = 5;

  private final Migrator migrator;

  private DatabaseResource(Migrator migrator) {
    this.migrator = migrator;
  }

  /// Deals with a stack's request and tells CloudFormation the outcome.
  static Response.Status answer(Map<String, Object> request, Context context, Migrator migrator) {
    CloudFormationCustomResourceEvent event =
        CloudFormationCustomResourceEvent.builder()
            .withRequestType(text(request, "RequestType"))
            .withResponseUrl(text(request, "ResponseURL"))
            .withStackId(text(request, "StackId"))
            .withRequestId(text(request, "RequestId"))
            .withLogicalResourceId(text(request, "LogicalResourceId"))
            .withPhysicalResourceId(PHYSICAL_ID)
            .withResourceProperties(properties(request))
            .build();
    Response response = new DatabaseResource(migrator).handleRequest(event, context);
    return response == null ? Response.Status.FAILED : response.getStatus();
  }

  private static String text(Map<String, Object> request, String name) {
    return String.valueOf(request.get(name));
  }

  private static Map<String, Object> properties(Map<String, Object> request) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (request.get(PROPERTIES) instanceof Map<?, ?> given) {
      given.forEach((name, value) -> properties.put(String.valueOf(name), value));
    }
    return properties;
  }

  @Override
  protected Response create(CloudFormationCustomResourceEvent event, Context context) {
    try {
      Optional<Response> mismatch = mismatch(event);
      return mismatch.isPresent() ? mismatch.get() : deployed(event, context);
    } catch (ExecutionException failure) {
      return failed(Objects.requireNonNullElse(failure.getCause(), failure));
    } catch (Throwable failure) {
      // Whatever it is, CloudFormation must not be left waiting for an hour.
      return failed(failure);
    }
  }

  @Override
  protected Response update(CloudFormationCustomResourceEvent event, Context context) {
    return create(event, context);
  }

  @Override
  protected Response delete(CloudFormationCustomResourceEvent event, Context context) {
    return Response.success(PHYSICAL_ID);
  }

  /// The template names the newest migration. An older one than this build's is a stack on its way
  /// back: then nothing may run.
  private static Optional<Response> mismatch(CloudFormationCustomResourceEvent event) {
    String named = String.valueOf(event.getResourceProperties().get(VERSION));
    if (request(event).text(Option.PACK).isPresent()) {
      return Optional.empty();
    }
    if (!named.matches("[0-9]{12,14}") || named.equals(SchemaVersion.REQUIRED)) {
      return Optional.empty();
    }
    if (named.compareTo(SchemaVersion.REQUIRED) < 0) {
      String message =
          "The template is at version %s, older than this build (%s): the stack rolls back, the schema stays."
              .formatted(named, SchemaVersion.REQUIRED);
      LOG.info(message);
      return Optional.of(succeeded(Map.of("outcome", "newer", "message", message)));
    }
    return Optional.of(
        failed(
            "The template is of version %s, and the zip only has migrations up to %s; deploy the zip that belongs to the template."
                .formatted(named, SchemaVersion.REQUIRED)));
  }

  private Response deployed(CloudFormationCustomResourceEvent event, Context context)
      throws InterruptedException, ExecutionException {
    RunContext run =
        new RunContext(MigrateDatabaseFunction.timeOf(context), Optional.of(event.getRequestId()));
    CompletableFuture<MigrationReport> future = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("migration")
        .start(
            () -> {
              try {
                future.complete(migrator.run(request(event), run));
              } catch (Throwable failure) {
                future.completeExceptionally(failure);
              }
            });
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
    Duration spared = left.dividedBy(LEAST_SHARE);
    Duration watched = left.minus(spared.compareTo(BEFORE_THE_END) < 0 ? spared : BEFORE_THE_END);
    try {
      return response(future.get(watched.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      Thread.ofVirtual().start(run::cancel);
      return failed(
          "The migrations did not end within %d s; what ran was cancelled. Invoke the function with {\"verb\":\"status\"} to see how far they got."
              .formatted(watched.toSeconds()));
    }
  }

  private static MigrationRequest request(CloudFormationCustomResourceEvent event) {
    Map<Option, String> options = new EnumMap<>(Option.class);
    OPTIONS.forEach(
        (name, option) -> {
          Object value = event.getResourceProperties().get(name);
          if (value != null) {
            options.put(option, String.valueOf(value));
          }
        });
    return new MigrationRequest(Verb.DEPLOY, Optional.empty(), options);
  }

  private static Response response(MigrationReport report) {
    if (!report.isOk()) {
      LOG.error("The database is not migrated: {}", ShortText.of(report.message()));
      return failed(report.message());
    }
    LOG.info("{}", ShortText.of(report.message()));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("outcome", report.outcome().word());
    report.version().ifPresent(version -> data.put("schemaVersion", version));
    report.required().ifPresent(version -> data.put("requiredVersion", version));
    data.put("applied", report.applied().size());
    data.put("message", ShortText.of(report.message()));
    return succeeded(data);
  }

  private static Response succeeded(Map<String, Object> data) {
    return Response.builder()
        .status(Response.Status.SUCCESS)
        .physicalResourceId(PHYSICAL_ID)
        .value(data)
        .build();
  }

  private static Response failed(Throwable failure) {
    String reason = ShortText.of("The database is not migrated: " + failure);
    // Not the failure itself: what it says may be as long as it likes, and with every cause again.
    LOG.error("{} (at {})", reason, place(failure));
    return failed(reason);
  }

  private static String place(Throwable failure) {
    return failure.getStackTrace().length == 0
        ? "an unknown place"
        : failure.getStackTrace()[0].toString();
  }

  private static Response failed(String reason) {
    return Response.builder()
        .status(Response.Status.FAILED)
        .physicalResourceId(PHYSICAL_ID)
        .reason(ShortText.of(reason))
        .build();
  }
}
