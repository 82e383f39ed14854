package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import java.util.Collection;

/// Answers to SQS batches.
final class BatchResponses {
  private BatchResponses() {}

  /// Says which messages are to be tried again.
  static SQSBatchResponse failing(Collection<String> messageIds) {
    return new SQSBatchResponse(messageIds.stream().map(BatchItemFailure::new).toList());
  }
}
