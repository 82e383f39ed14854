package dev.stipend.local.queue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.local.template.SqsTrigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Feeds a function from its queue as Lambda's own poller does: gathers a batch, invokes, deletes
/// what succeeded. What failed stays in the queue, where the visibility timeout and the redrive
/// policy deal with it.
public final class SqsPoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SqsPoller.class);

  /// SQS hands out ten messages at most in one call.
  private static final int RECEIVE_LIMIT = 10;

  /// An invocation carries 6 MB at most, and one more call may bring ten messages of 256 kB.
  private static final int PAYLOAD_LIMIT = 6_000_000 - RECEIVE_LIMIT * 262_144;

  private static final int ENVELOPE_BYTES = 1_000;

  /// Also how long stopping may take. Shorter than Lambda's twenty seconds, so that Ctrl-C does not
  /// seem to hang.
  private static final int LONG_POLL_SECONDS = 1;

  /// Workers where the template sets no limit; Lambda starts with as many.
  private static final int UNLIMITED = 5;

  private static final Duration SHORT_POLL = Duration.ofMillis(50);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final SqsClient client;
  private final LocalQueue queue;
  private final SqsTrigger trigger;
  private final Function<SQSEvent, @Nullable SQSBatchResponse> function;
  private final ExecutorService workers;
  private final AtomicReference<@Nullable String> lastFailure = new AtomicReference<>();
  private volatile boolean running = true;

  private SqsPoller(
      SqsClient client,
      LocalQueue queue,
      SqsTrigger trigger,
      Function<SQSEvent, @Nullable SQSBatchResponse> function) {
    this.client = client;
    this.queue = queue;
    this.trigger = trigger;
    this.function = function;
    this.workers =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(queue.name() + "-", 0).factory());
  }

  /// Starts as many workers as invocations may run at the same time.
  public static SqsPoller start(
      SqsClient client,
      LocalQueue queue,
      SqsTrigger trigger,
      Function<SQSEvent, @Nullable SQSBatchResponse> function) {
    SqsPoller poller = new SqsPoller(client, queue, trigger, function);
    for (int worker = 0; worker < trigger.maximumConcurrency().orElse(UNLIMITED); worker++) {
      poller.workers.execute(poller::work);
    }
    return poller;
  }

  /// The last error that the function threw, if any.
  public Optional<String> lastFailure() {
    return Optional.ofNullable(lastFailure.get());
  }

  /// Takes no more messages and waits for the running invocations to end.
  @Override
  public void close() {
    running = false;
    workers.shutdown();
    try {
      if (!workers.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("{} is still at work; its messages will be delivered again", queue.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (running) {
      try {
        List<Message> batch = gather();
        if (!batch.isEmpty()) {
          delete(succeeded(batch));
        }
      } catch (SdkException e) {
        if (running) {
          LOG.warn("{}: {}", queue.name(), e.getMessage());
          pause(AFTER_FAILURE);
        }
      }
    }
  }

  /// One batch: up to its size, the window after the first message, and the payload limit.
  private List<Message> gather() {
    List<Message> batch = new ArrayList<>(receive(LONG_POLL_SECONDS, trigger.batchSize()));
    long until = System.nanoTime() + trigger.batchingWindow().toNanos();
    while (running && !batch.isEmpty() && wantsMore(batch) && System.nanoTime() < until) {
      List<Message> more = receive(0, trigger.batchSize() - batch.size());
      if (more.isEmpty()) {
        pause(SHORT_POLL);
      }
      batch.addAll(more);
    }
    return batch;
  }

  private boolean wantsMore(List<Message> batch) {
    return batch.size() < trigger.batchSize()
        && batch.stream().mapToInt(SqsPoller::bytes).sum() < PAYLOAD_LIMIT;
  }

  private List<Message> receive(int waitSeconds, int wanted) {
    return client
        .receiveMessage(
            request ->
                request
                    .queueUrl(queue.url())
                    .maxNumberOfMessages(Math.min(RECEIVE_LIMIT, wanted))
                    .waitTimeSeconds(waitSeconds)
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                    .messageAttributeNames("All"))
        .messages();
  }

  private List<Message> succeeded(List<Message> batch) {
    SQSBatchResponse response;
    try {
      response = function.apply(SqsEvents.event(batch, queue));
    } catch (RuntimeException | Error e) {
      LOG.warn("{} failed on {} messages", trigger.function(), batch.size(), e);
      lastFailure.set(
          "%s failed on %d messages: %s".formatted(trigger.function(), batch.size(), e));
      return List.of();
    }
    if (!trigger.reportsItemFailures()
        || response == null
        || response.getBatchItemFailures() == null) {
      return batch;
    }
    Set<String> failed = new HashSet<>();
    response.getBatchItemFailures().forEach(failure -> failed.add(failure.getItemIdentifier()));
    Set<String> known = new HashSet<>(batch.stream().map(Message::messageId).toList());
    if (!known.containsAll(failed)) {
      // As Lambda does: an answer that names an unknown message is the failure of the whole
      // batch.
      failed.addAll(known);
    }
    return batch.stream().filter(message -> !failed.contains(message.messageId())).toList();
  }

  private void delete(List<Message> messages) {
    for (int from = 0; from < messages.size(); from += RECEIVE_LIMIT) {
      List<Message> part = messages.subList(from, Math.min(from + RECEIVE_LIMIT, messages.size()));
      List<DeleteMessageBatchRequestEntry> entries =
          part.stream()
              .map(
                  message ->
                      DeleteMessageBatchRequestEntry.builder()
                          .id(message.messageId())
                          .receiptHandle(message.receiptHandle())
                          .build())
              .toList();
      client.deleteMessageBatch(request -> request.queueUrl(queue.url()).entries(entries));
    }
  }

  private static int bytes(Message message) {
    return message.body().getBytes(StandardCharsets.UTF_8).length + ENVELOPE_BYTES;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
