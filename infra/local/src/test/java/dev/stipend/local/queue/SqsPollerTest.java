package dev.stipend.local.queue;

import static dev.stipend.local.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.stipend.local.template.QueueResource;
import dev.stipend.local.template.SqsTrigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class SqsPollerTest {

  private static final int MAXIMUM_RECEIVES = 3;

  private final List<List<SQSMessage>> batches = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private LocalQueues queues;

  @BeforeEach
  void startQueues() {
    queues =
        LocalQueues.start(
            List.of(
                new QueueResource(
                    "Work",
                    // Longer than the windows below, or messages would come twice within one.
                    Duration.ofSeconds(3),
                    Duration.ofMinutes(10),
                    Optional.of(new QueueResource.Redrive("Dead", MAXIMUM_RECEIVES))),
                new QueueResource(
                    "Dead", Duration.ofSeconds(1), Duration.ofMinutes(10), Optional.empty())));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
    queues.close();
  }

  @Test
  void whatSucceededIsDeleted() {
    poll(Invocations.trigger(10, 0, 2), event -> new SQSBatchResponse(List.of()));
    send("a", "b", "c");

    await().until(() -> bodies().containsAll(List.of("a", "b", "c")));
    await().until(() -> depth("Work") == 0);
    assertThat(bodies()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void onlyTheMessageThatFailedComesBack() {
    poll(
        Invocations.trigger(10, 0, 1),
        event ->
            Invocations.failures(
                event.getRecords().stream()
                    .filter(
                        message ->
                            message.getBody().equals("bad") && Invocations.receives(message) == 1)
                    .toList()));
    send("good", "bad");

    await().until(() -> bodies().stream().filter("bad"::equals).count() == 2);
    await().until(() -> depth("Work") == 0);
    assertThat(bodies()).containsExactlyInAnyOrder("good", "bad", "bad");
    assertThat(depth("Dead")).isZero();
  }

  @Test
  void anErrorBringsTheWholeBatchBack() {
    AtomicInteger calls = new AtomicInteger();
    SqsPoller poller =
        poll(
            Invocations.trigger(10, 1, 1),
            event -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("database away");
              }
              return null;
            });
    send("a", "b");

    await().until(() -> depth("Work") == 0 && calls.get() >= 2);
    assertThat(bodies()).containsExactlyInAnyOrder("a", "a", "b", "b");
    assertThat(poller.lastFailure()).get().asString().contains("database away");
  }

  @Test
  void anAnswerThatNamesAnUnknownMessageFailsTheWholeBatch() {
    AtomicInteger calls = new AtomicInteger();
    poll(
        Invocations.trigger(10, 1, 1),
        event ->
            calls.incrementAndGet() == 1
                ? new SQSBatchResponse(List.of(new SQSBatchResponse.BatchItemFailure("nobody")))
                : null);
    send("a", "b");

    await().until(() -> depth("Work") == 0 && calls.get() >= 2);
    assertThat(bodies()).containsExactlyInAnyOrder("a", "a", "b", "b");
  }

  @Test
  void aFunctionThatDoesNotReportItemsSucceedsAsAWhole() {
    SqsTrigger trigger = new SqsTrigger("F", "Work", 10, Duration.ZERO, false, OptionalInt.of(1));
    poll(trigger, event -> Invocations.failures(event.getRecords()));
    send("a");

    await().until(() -> !batches.isEmpty() && depth("Work") == 0);
    assertThat(bodies()).containsExactly("a");
  }

  @Test
  void aMessageThatFailsTooOftenEndsInTheDeadLetterQueue() {
    poll(Invocations.trigger(10, 0, 1), event -> Invocations.failures(event.getRecords()));
    send("poison");

    await().until(() -> depth("Dead") == 1);
    assertThat(bodies()).hasSize(MAXIMUM_RECEIVES);
    assertThat(batches.stream().map(batch -> Invocations.receives(batch.getFirst())))
        .containsExactly(1, 2, 3);
    assertThat(depth("Work")).isZero();
  }

  @Test
  void theWindowGathersWhatComesOneByOne() {
    poll(Invocations.trigger(40, 1, 1), event -> null);
    for (int message = 0; message < 25; message++) {
      send("m" + message);
    }

    await().until(() -> bodies().size() == 25);
    assertThat(batches).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aBatchIsNeverLargerThanItsSize() {
    for (int message = 0; message < 25; message++) {
      send("m" + message);
    }
    poll(Invocations.trigger(12, 1, 1), event -> null);

    await().until(() -> bodies().size() == 25);
    assertThat(batches).extracting(List::size).allMatch(size -> size <= 12).contains(12);
  }

  @Test
  void aBatchStaysWithinThePayloadOfAnInvocation() {
    String large = "x".repeat(250_000);
    for (int message = 0; message < 30; message++) {
      send(large);
    }
    poll(Invocations.trigger(1_000, 1, 1), event -> null);

    await().until(() -> bodies().size() == 30);
    assertThat(batches)
        .extracting(batch -> batch.stream().mapToLong(record -> record.getBody().length()).sum())
        .allMatch(bytes -> bytes < 6_000_000);
  }

  @Test
  void theEventCarriesWhatLambdaTells() {
    poll(Invocations.trigger(1, 0, 1), event -> null);
    LocalQueue queue = queues.queue("Work");
    queues
        .client()
        .sendMessage(
            request ->
                request
                    .queueUrl(queue.url())
                    .messageBody("hello")
                    .messageAttributes(
                        Map.of(
                            "workspace",
                            MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("acme")
                                .build(),
                            "raw",
                            MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromUtf8String("bytes"))
                                .build())));

    await().until(() -> !batches.isEmpty());
    SQSMessage message = batches.getFirst().getFirst();
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn()).isEqualTo(queue.arn()).endsWith(":Work");
    assertThat(message.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(message.getMessageId()).isNotBlank();
    assertThat(message.getReceiptHandle()).isNotBlank();
    assertThat(message.getAttributes())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsKeys("SentTimestamp", "ApproximateFirstReceiveTimestamp");
    assertThat(Invocations.attribute(message, "workspace").getStringValue()).isEqualTo("acme");
    assertThat(Invocations.attribute(message, "workspace").getDataType()).isEqualTo("String");
    String raw =
        StandardCharsets.UTF_8
            .decode(Invocations.attribute(message, "raw").getBinaryValue())
            .toString();
    assertThat(raw).isEqualTo("bytes");
  }

  @Test
  void noMoreInvocationsRunAtOnceThanAllowed() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    poll(
        Invocations.trigger(1, 0, 2),
        event -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          two.countDown();
          Invocations.awaitLatch(two);
          running.decrementAndGet();
          return null;
        });
    send("a", "b", "c", "d", "e", "f");

    await().until(() -> bodies().size() == 6);
    assertThat(most).hasValue(2);
  }

  @Test
  void stoppingWaitsForTheRunningInvocationAndDeletesItsMessages() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    SqsPoller poller =
        poll(
            Invocations.trigger(10, 0, 1),
            event -> {
              entered.countDown();
              Invocations.awaitLatch(release);
              return null;
            });
    send("a");
    Invocations.awaitLatch(entered);

    Thread stopping = Thread.startVirtualThread(poller::close);
    await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
    release.countDown();

    await().until(() -> !stopping.isAlive());
    assertThat(depth("Work")).isZero();
  }

  private SqsPoller poll(
      SqsTrigger trigger, Function<SQSEvent, @Nullable SQSBatchResponse> function) {
    SqsPoller poller =
        SqsPoller.start(
            queues.client(),
            queues.queue("Work"),
            trigger,
            event -> {
              batches.add(List.copyOf(event.getRecords()));
              return function.apply(event);
            });
    opened.add(poller);
    return poller;
  }

  private void send(String... bodies) {
    for (String body : bodies) {
      queues
          .client()
          .sendMessage(request -> request.queueUrl(queues.queue("Work").url()).messageBody(body));
    }
  }

  private List<String> bodies() {
    return batches.stream().flatMap(List::stream).map(SQSMessage::getBody).toList();
  }

  private long depth(String queue) {
    return queues.depth(queues.queue(queue));
  }
}
