package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.alert.AlertNotice;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.platform.json.JsonText;
import dev.stipend.usecase.DeliverAlerts;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Sends the alerts that the alerts queue names.
public class DeliverAlertsFunction extends MicronautRequestHandler<SQSEvent, SQSBatchResponse> {
  @Inject DeliverAlerts alerts;
  @Inject InstantSource clock;

  public DeliverAlertsFunction() {
    this(FunctionContext.start(DeliverAlertsFunction::prime));
  }

  public DeliverAlertsFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public SQSBatchResponse execute(SQSEvent event) {
    Map<String, String> bodies = new LinkedHashMap<>();
    event.getRecords().forEach(message -> bodies.put(message.getMessageId(), message.getBody()));
    return BatchResponses.failing(alerts.deliver(bodies, clock));
  }

  /// A delivery that nobody has staged, and messages that nobody gets.
  static void prime(ApplicationContext context) {
    context.getBean(ChannelProbe.class).previews(context.getBean(InstantSource.class).instant());
    UUID nobody = new UUID(0, 0);
    DeliveryKey none = new DeliveryKey(nobody, nobody, nobody, AlertNotice.Purpose.RAISED);
    Priming.rehearse(
        new DeliverAlertsFunction(context),
        SQSEvent.class,
        """
        {"Records": [{"messageId": "priming", "eventSource": "aws:sqs", "body": %s}]}
        """
            .formatted(context.getBean(JsonText.class).write(none.toJson())));
  }
}
