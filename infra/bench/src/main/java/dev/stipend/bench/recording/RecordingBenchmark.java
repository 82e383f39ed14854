package dev.stipend.bench.recording;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.bench.environment.AlertsQueue;
import dev.stipend.bench.environment.PostgresServer;
import dev.stipend.bench.environment.StipendUnderTest;
import dev.stipend.bench.figure.Figure;
import dev.stipend.bench.figure.Medians;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Recording usage against plainly inserting rows. The limit that counts is inserting the same rows
/// that recording inserts; the others are told, so that nobody has to guess what a row of the
/// ledger costs without its id, or without JDBC's batches.
public final class RecordingBenchmark {
  private static final String DATABASE = "recording";
  private static final int WARM_UP_ROUNDS = 100;
  private static final int ROUNDS = 150;
  private static final double REQUIRED_EVENTS_A_SECOND = 20_000;
  private static final Figure.Requirement REQUIRED_RATIO =
      new Figure.Requirement.RatioAtLeast(0.55);
  private static final Figure.Requirement NOTHING = new Figure.Requirement.Nothing();

  private static final String RECORDED = "recorded";
  private static final String SAME_ROWS = "inserts of the same rows";
  private static final String LEDGER_ROWS = "inserts of ledger rows";
  private static final String ARRAYS = "ledger rows from unnest";
  private static final String COPIED = "ledger rows by COPY";

  /// What takes a batch of events. A round is one batch to each side: the shorter it is, the more
  /// alike is what else the machine does meanwhile.
  private interface Side {
    void take(List<SampleEvent> events, SQSEvent messages) throws SQLException;
  }

  private RecordingBenchmark() {}

  public static List<Figure> run(PostgresServer postgres, AlertsQueue queue) {
    String url = postgres.create(DATABASE);
    try (StipendUnderTest stipend = new StipendUnderTest(url, queue);
        Connection arrays = postgres.connect(DATABASE, Map.of());
        Connection batched = postgres.connect(DATABASE, Map.of("reWriteBatchedInserts", "true"))) {
      HotBudgets.create(arrays);
      PlainTables sameRows = new PlainTables(batched, "same_rows");
      PlainTables ledgerRows = new PlainTables(batched, "ledger_rows");
      PlainTables copied = new PlainTables(arrays, "copied");
      PlainTables arrayed = new PlainTables(arrays, "arrayed");
      Instant now = Instant.now();
      Map<String, Side> sides =
          Map.of(
              RECORDED,
              (events, messages) -> stipend.record(messages),
              SAME_ROWS,
              (events, messages) -> sameRows.insertRows(events, now),
              LEDGER_ROWS,
              (events, messages) -> ledgerRows.insertLedger(events, now),
              ARRAYS,
              (events, messages) -> arrayed.insertLedgerFromArrays(events, now),
              COPIED,
              (events, messages) -> copied.copyLedger(events, now));
      return figures(measure(sides, now));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Medians measure(Map<String, Side> sides, Instant now) throws SQLException {
    UsageSample sample =
        new UsageSample(1, "event", now, (WARM_UP_ROUNDS + ROUNDS) * (long) UsageSample.BATCH);
    Medians rates = new Medians();
    List<Map.Entry<String, Side>> inOrder = List.copyOf(sides.entrySet());
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      List<SampleEvent> batch = sample.batch();
      SQSEvent messages = UsageSample.messages(batch);
      for (Map.Entry<String, Side> side : Medians.turn(inOrder, round)) {
        long start = System.nanoTime();
        side.getValue().take(batch, messages);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (round >= WARM_UP_ROUNDS) {
          rates.add(side.getKey(), UsageSample.BATCH / seconds);
        }
      }
    }
    return rates;
  }

  private static List<Figure> figures(Medians rates) {
    return List.of(
        against(SAME_ROWS, REQUIRED_RATIO, rates),
        against(LEDGER_ROWS, NOTHING, rates),
        against(ARRAYS, NOTHING, rates),
        against(COPIED, NOTHING, rates),
        new Figure(
            "record",
            "events/s",
            rates.of(RECORDED),
            OptionalDouble.empty(),
            new Figure.Requirement.AtLeast(REQUIRED_EVENTS_A_SECOND)));
  }

  private static Figure against(String limit, Figure.Requirement required, Medians rates) {
    return new Figure(
        "record, to " + limit,
        "events/s",
        rates.of(RECORDED),
        OptionalDouble.of(rates.of(limit)),
        required);
  }
}
