package dev.stipend.ingest.record;

import java.util.Collection;

/// Port: the usage queue, as far as it decides when a failed message comes again.
public interface UsageRetries {
  /// Has messages come again at once rather than after the queue's visibility timeout. For messages
  /// whose content is at fault: waiting does not heal them, and their sender should find them in
  /// the dead-letter queue within seconds. May do nothing; then they come again later.
  ///
  /// @param receiptHandles what the queue knows the received messages by
  void soon(Collection<String> receiptHandles);
}
