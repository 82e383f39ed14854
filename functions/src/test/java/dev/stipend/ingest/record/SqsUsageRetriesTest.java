package dev.stipend.ingest.record;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stipend.platform.queue.SqsClientFactory;
import dev.stipend.support.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsUsageRetriesTest {
  private static final String ENDPOINT = TestServers.SQS_ENDPOINT;

  @Test
  void aMessageWithWrongContentComesAgainLongBeforeItsVisibilityTimeout() {
    try (SqsClient sqs = new SqsClientFactory().sqsClient()) {
      String url = ENDPOINT + "/000000000000/usage-retries";
      sqs.createQueue(
          queue ->
              queue
                  .queueName("usage-retries")
                  .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600")));
      sqs.sendMessage(message -> message.queueUrl(url).messageBody("{broken"));
      Message first = receive(sqs, url).getFirst();
      assertThat(receive(sqs, url)).as("in flight").isEmpty();
      new SqsUsageRetries(() -> sqs, url).soon(List.of(first.receiptHandle()));
      await()
          .untilAsserted(
              () ->
                  assertThat(receive(sqs, url))
                      .extracting(Message::messageId)
                      .containsExactly(first.messageId()));
    }
  }

  @Test
  void aQueueThatRefusesOrIsNotConfiguredChangesNothing() {
    try (SqsClient sqs = new SqsClientFactory().sqsClient()) {
      assertThatCode(
              () -> {
                new SqsUsageRetries(() -> sqs, "").soon(List.of("receipt"));
                new SqsUsageRetries(() -> sqs, ENDPOINT + "/000000000000/none")
                    .soon(List.of("receipt"));
              })
          .doesNotThrowAnyException();
    }
  }

  private static List<Message> receive(SqsClient sqs, String url) {
    return sqs.receiveMessage(request -> request.queueUrl(url)).messages();
  }
}
