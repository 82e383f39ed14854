package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import dev.stipend.migrate.MigrationReport;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;

/// The database as a resource of a CloudFormation stack. Its physical id never changes, so
/// CloudFormation never replaces it; deleting it leaves the data alone.
final class DatabaseResource extends AbstractCustomResourceHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseResource.class);
  private static final int LONGEST_REASON = 1000;
  private static final String PHYSICAL_ID = "stipend-database";

  private final Supplier<MigrationReport> deploy;

  private DatabaseResource(Supplier<MigrationReport> deploy) {
    this.deploy = deploy;
  }

  /// Deals with a stack's request and tells CloudFormation the outcome.
  static Map<String, Object> answer(
      Map<String, Object> request, Context context, Supplier<MigrationReport> deploy) {
    CloudFormationCustomResourceEvent event =
        CloudFormationCustomResourceEvent.builder()
            .withRequestType(String.valueOf(request.get("RequestType")))
            .withResponseUrl(String.valueOf(request.get("ResponseURL")))
            .withStackId(String.valueOf(request.get("StackId")))
            .withRequestId(String.valueOf(request.get("RequestId")))
            .withLogicalResourceId(String.valueOf(request.get("LogicalResourceId")))
            .withPhysicalResourceId(PHYSICAL_ID)
            .build();
    Response response = new DatabaseResource(deploy).handleRequest(event, context);
    return Map.of("status", response == null ? "FAILED" : String.valueOf(response.getStatus()));
  }

  @Override
  protected Response create(CloudFormationCustomResourceEvent event, Context context) {
    try {
      return Response.builder()
          .status(Response.Status.SUCCESS)
          .physicalResourceId(PHYSICAL_ID)
          .value(deploy.get().toMap())
          .build();
    } catch (RuntimeException failure) {
      LOG.error("The database is not migrated", failure);
      return Response.builder()
          .status(Response.Status.FAILED)
          .physicalResourceId(PHYSICAL_ID)
          .reason(shortened(String.valueOf(failure.getMessage())))
          .build();
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

  /// CloudFormation takes a response of at most 4096 bytes.
  private static String shortened(String reason) {
    return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
  }
}
