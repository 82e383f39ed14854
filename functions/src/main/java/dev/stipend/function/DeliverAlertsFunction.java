package dev.stipend.function;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.notify.AlertInbox;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sends the alerts that the alerts queue names.
public class DeliverAlertsFunction extends MicronautRequestHandler<SQSEvent, SQSBatchResponse> {
  @Inject AlertInbox inbox;
  @Inject InstantSource clock;

  public DeliverAlertsFunction() {
    this(FunctionContext.start());
  }

  public DeliverAlertsFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public SQSBatchResponse execute(SQSEvent event) {
    Map<String, String> bodies = new LinkedHashMap<>();
    event.getRecords().forEach(message -> bodies.put(message.getMessageId(), message.getBody()));
    return BatchResponses.failing(inbox.deliver(bodies, clock));
  }
}
