package dev.stipend.local.usage;

import dev.stipend.ingest.bulk.RejectedRows;
import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.ingest.bulk.UsageRow;
import dev.stipend.ingest.record.UsageRecorded;
import dev.stipend.local.terminal.LocalFailure;
import dev.stipend.local.terminal.Terminal;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Plays a usage file through the usage queue and waits until each row's outcome is known. Event
/// ids that the file does not give follow from its content and the row number, so a second run
/// records nothing twice.
public final class UsageLoader {

  private static final int EVENTS_PER_MESSAGE = 200;
  private static final int BYTES_PER_MESSAGE = 200_000;

  private final UsageFile file;
  private final UsageFileOptions options;
  private final Duration shift;
  private final String idPrefix;

  private UsageLoader(UsageFile file, UsageFileOptions options, Duration shift, String idPrefix) {
    this.file = file;
    this.options = options;
    this.shift = shift;
    this.idPrefix = idPrefix;
  }

  /// Looks through the file, so that a wrong one is known before anything else starts.
  ///
  /// @throws LocalFailure when it cannot be used
  public static UsageLoader open(UsageFileOptions options, Clock clock) {
    UsageFile file = UsageFile.open(options.file());
    if (!file.columns().tellPrices(options.assumed().keySet())) {
      throw new LocalFailure(
          "%s has neither a model nor a cost column, so none of its rows can ever be priced: add -Dstipend.usage.model=NAME."
              .formatted(options.file()));
    }
    if (!options.shiftToNow()) {
      return new UsageLoader(file, options, Duration.ZERO, "csv-" + file.digest());
    }
    Instant now = clock.instant();
    // The same row at another time is another event.
    return new UsageLoader(
        file, options, file.shiftTo(now), "csv-" + file.digest() + "-" + now.toEpochMilli());
  }

  /// Sends everything and waits for the outcomes.
  ///
  /// @param send takes the body of one message
  /// @param failure why waiting has become pointless; empty while it has not
  /// @throws LocalFailure when outcomes stay away
  public LoadCounts load(
      Consumer<String> send,
      UsageOutcomes outcomes,
      JsonMapper json,
      Terminal terminal,
      Supplier<Optional<String>> failure) {
    try (RejectedRows rejections = new RejectedRows(file.path(), file.header(), 0);
        LoadProgress progress =
            new LoadProgress(
                String.valueOf(file.path().getFileName()), file.rows(), terminal.interactive())) {
      InFlight inFlight = new InFlight(rejections, progress, failure);
      Consumer<UsageRecorded> listener = inFlight::outcome;
      outcomes.listen(listener);
      try {
        Message message = new Message(send, inFlight);
        file.forEach(row -> add(row, message, inFlight, json));
        message.send();
        inFlight.drain();
        return inFlight.counts();
      } finally {
        outcomes.forget(listener);
      }
    } catch (UnusableFileException e) {
      throw new LocalFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void add(UsageRow row, Message message, InFlight inFlight, JsonMapper json) {
    try {
      Map<String, Object> event =
          row.event(
              file.columns(),
              options.assumed(),
              idPrefix + "-" + row.number(),
              row.occurredAt(file.columns()).plus(shift));
      event.replaceAll((field, value) -> value instanceof Instant at ? at.toString() : value);
      String text = json.writeValueAsString(event);
      if (text.length() > BYTES_PER_MESSAGE / 4) {
        // In the worst case a character is four bytes, and the event has to fit one message.
        throw new UsageRow.BadCell(
            "the row has %,d characters, too many for a message".formatted(text.length()));
      }
      message.add(String.valueOf(event.get("eventId")), row, text);
    } catch (UsageRow.BadCell e) {
      inFlight.rejectedUnsent(row, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new LocalFailure(
          "Row %d cannot be sent: %s.".formatted(row.number(), e.getMessage()), e);
    }
  }

  /// The next message: a JSON array of events.
  private static final class Message {
    private final Consumer<String> send;
    private final InFlight inFlight;
    private final List<String> events = new ArrayList<>();
    private final Map<String, UsageRow> rows = new LinkedHashMap<>();
    private int bytes;

    private Message(Consumer<String> send, InFlight inFlight) {
      this.send = send;
      this.inFlight = inFlight;
    }

    private void add(String id, UsageRow row, String event) {
      int size = event.getBytes(StandardCharsets.UTF_8).length + 1;
      // Two rows of one id go in two messages: within one, an outcome could not be told from the
      // other.
      if (events.size() == EVENTS_PER_MESSAGE
          || bytes + size > BYTES_PER_MESSAGE
          || rows.containsKey(id)) {
        send();
      }
      events.add(event);
      rows.put(id, row);
      bytes += size;
    }

    private void send() {
      if (events.isEmpty()) {
        return;
      }
      inFlight.sending(rows);
      send.accept("[" + String.join(",", events) + "]");
      events.clear();
      rows.clear();
      bytes = 0;
    }
  }
}
