package dev.stipend.notification.delivery;

import dev.stipend.notification.send.Preparable;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// The alerts queue on Amazon SQS.
@Singleton
class SqsDeliveryQueue implements DeliveryQueue, Preparable {
  private static final int MOST_IN_A_BATCH = 10;

  private final BeanProvider<SqsClient> sqs;
  private final @Nullable String queueUrl;

  SqsDeliveryQueue(
      BeanProvider<SqsClient> sqs, @Nullable @Value("${alerts.queue.url:}") String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void prepare() {
    SqsClient _ = sqs.get();
  }

  @Override
  public void send(List<DeliveryKey> deliveries, Duration delay) {
    if (queueUrl == null || queueUrl.isBlank()) {
      throw new IllegalStateException("ALERTS_QUEUE_URL is not set; it names the queue of alerts");
    }
    for (int from = 0; from < deliveries.size(); from += MOST_IN_A_BATCH) {
      int until = Math.min(from + MOST_IN_A_BATCH, deliveries.size());
      sendBatch(queueUrl, deliveries.subList(from, until), delay);
    }
  }

  /// Rounds delays up: what comes too early comes in vain.
  private void sendBatch(String url, List<DeliveryKey> deliveries, Duration delay) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (DeliveryKey delivery : deliveries) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(delivery.toJson())
              .delaySeconds((int) delay.plusMillis(999).toSeconds())
              .build());
    }
    SendMessageBatchResponse response =
        sqs.get().sendMessageBatch(request -> request.queueUrl(url).entries(entries));
    if (response.hasFailed()) {
      throw new IllegalStateException(
          "SQS refused %d of %d alert messages: %s"
              .formatted(
                  response.failed().size(),
                  entries.size(),
                  response.failed().getFirst().message()));
    }
  }
}
