package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stipend.spend.UsageInbox;
import dev.stipend.spend.UsageMessage;
import dev.stipend.workspace.Workspace;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Records what the usage queue brings. The message attribute `workspace` names the tenant; without
/// it, a message belongs to the default workspace.
public class RecordUsageFunction extends MicronautRequestHandler<SQSEvent, SQSBatchResponse> {
  @Inject UsageInbox inbox;
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
    String workspace =
        Optional.ofNullable(message.getMessageAttributes())
            .map(attributes -> attributes.get("workspace"))
            .map(SQSEvent.MessageAttribute::getStringValue)
            .orElse(Workspace.DEFAULT_SLUG);
    return new UsageMessage(
        message.getMessageId(), message.getReceiptHandle(), workspace, message.getBody());
  }

  /// A message without events.
  static void prime(ApplicationContext context) {
    context
        .getBean(UsageInbox.class)
        .record(
            List.of(new UsageMessage("priming", "none", Workspace.DEFAULT_SLUG, "[]")),
            context.getBean(InstantSource.class).instant());
  }
}
