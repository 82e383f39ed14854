package dev.stipend.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stipend.local.template.SqsTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;

/// What invocations of a function are given, and answer.
final class Invocations {
  private Invocations() {}

  static SQSEvent.MessageAttribute attribute(SQSMessage message, String name) {
    return Objects.requireNonNull(message.getMessageAttributes().get(name));
  }

  static int receives(SQSMessage message) {
    return Integer.parseInt(message.getAttributes().get("ApproximateReceiveCount"));
  }

  static SQSBatchResponse failures(List<SQSMessage> messages) {
    return new SQSBatchResponse(
        messages.stream()
            .map(message -> new SQSBatchResponse.BatchItemFailure(message.getMessageId()))
            .toList());
  }

  static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static SqsTrigger trigger(int batchSize, int windowSeconds, int concurrency) {
    return new SqsTrigger(
        "F",
        "Work",
        batchSize,
        Duration.ofSeconds(windowSeconds),
        true,
        OptionalInt.of(concurrency));
  }
}
