package dev.stipend.ingest.record;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/// Shortens the visibility timeout of messages on the usage queue.
@Singleton
class SqsUsageRetries implements UsageRetries {
  private static final Logger LOG = LoggerFactory.getLogger(SqsUsageRetries.class);
  private static final int MOST_IN_A_BATCH = 10;

  /// Long enough for the batch's answer to arrive first.
  private static final int SECONDS = 2;

  private final BeanProvider<SqsClient> sqs;
  private final @Nullable String queueUrl;

  SqsUsageRetries(
      BeanProvider<SqsClient> sqs, @Nullable @Value("${usage.queue.url:}") String queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  @Override
  public void soon(Collection<String> receiptHandles) {
    if (queueUrl == null || queueUrl.isBlank()) {
      return;
    }
    List<String> handles = List.copyOf(receiptHandles);
    for (int from = 0; from < handles.size(); from += MOST_IN_A_BATCH) {
      shorten(queueUrl, handles.subList(from, Math.min(from + MOST_IN_A_BATCH, handles.size())));
    }
  }

  private void shorten(String url, List<String> handles) {
    List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
    for (String handle : handles) {
      entries.add(
          ChangeMessageVisibilityBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .receiptHandle(handle)
              .visibilityTimeout(SECONDS)
              .build());
    }
    try {
      sqs.get().changeMessageVisibilityBatch(request -> request.queueUrl(url).entries(entries));
    } catch (SdkException failure) {
      LOG.warn(
          "Failed usage messages will be retried only after the queue's visibility timeout",
          failure);
    }
  }
}
