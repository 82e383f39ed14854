package dev.stipend.ingest.record;

import dev.stipend.platform.json.PrintableText;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.StatementRefusal;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches, and divides one that the database refuses until what it refuses stands alone, so
/// that one event harms no other.
///
/// What may succeed later is thrown on: then the whole batch is to come again. That is an outage,
/// contention that does not end, and a refusal that does not come from the event, such as a missing
/// permission: a rehearsal without events is refused then, too.
@Singleton
public class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final int LONGEST_REASON = 300;

  /// Writes a batch. Parts of it may be written when this throws; sending all of it again is safe.
  ///
  /// @throws RuntimeException if the batch is to come again
  public void write(UsageBatch batch) {
    try {
      Contention.retried(
          () -> {
            batch.write();
            return batch;
          });
    } catch (RuntimeException failure) {
      if (!StatementRefusal.is(failure)) {
        throw failure;
      }
      List<? extends UsageBatch> halves = batch.halves();
      if (halves.isEmpty()) {
        refuse(batch, failure);
      }
      halves.forEach(this::write);
    }
  }

  private void refuse(UsageBatch batch, RuntimeException failure) {
    try {
      batch.rehearse();
    } catch (RuntimeException refusedToo) {
      failure.addSuppressed(refusedToo);
      throw failure;
    }
    String reason = PrintableText.of(StatementRefusal.reason(failure), LONGEST_REASON);
    LOG.error("The database refuses an event: {}", reason);
    batch.refuse("the database refuses it: " + reason);
  }
}
