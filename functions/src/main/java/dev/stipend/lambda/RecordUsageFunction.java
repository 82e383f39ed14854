package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stipend.ingest.record.UsageMessage;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.usecase.RecordQueuedUsage;
import dev.stipend.usecase.RecordUsage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/// Records what the usage queue brings. The message attribute `workspace` names the tenant.
public class RecordUsageFunction extends MicronautRequestHandler<SQSEvent, SQSBatchResponse> {
  @Inject RecordQueuedUsage inbox;
  @Inject InstantSource clock;

  public RecordUsageFunction() {
    this(FunctionContext.start(RecordUsageFunction::prime));
  }

  public RecordUsageFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public SQSBatchResponse execute(SQSEvent event) {
    return BatchResponses.failing(
        inbox.record(
            event.getRecords().stream().map(RecordUsageFunction::message).toList(),
            clock.instant()));
  }

  private static UsageMessage message(SQSMessage message) {
    Optional<String> workspace =
        Optional.ofNullable(message.getMessageAttributes())
            .map(attributes -> attributes.get("workspace"))
            .map(SQSEvent.MessageAttribute::getStringValue);
    return new UsageMessage(
        message.getMessageId(), message.getReceiptHandle(), workspace, message.getBody());
  }

  /// An event that is read and not recorded, and a message without events.
  static void prime(ApplicationContext context) {
    Instant now = context.getBean(InstantSource.class).instant();
    Object event =
        ExactJson.parse(
            """
            {"eventId": "priming", "occurredAt": "%s", "userId": "u", "agentId": "a", "model": "m",
              "provider": "openai", "inputTokens": 1, "outputTokens": 1, "cost": "0.01", "tags": {"team": "t"}}
            """
                .formatted(now));
    context.getBean(RecordUsage.class).rehearse(Objects.requireNonNull(event), now);
    Priming.rehearse(
        new RecordUsageFunction(context),
        SQSEvent.class,
        """
        {"Records": [{"messageId": "priming", "receiptHandle": "none", "body": "[]", "eventSource": "aws:sqs",
          "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:usage", "awsRegion": "us-east-1",
          "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes":
            {"workspace": {"stringValue": "default", "dataType": "String"}}}]}
        """);
  }
}
