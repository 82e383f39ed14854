package dev.stipend.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TimeFactoryTest {
  private final TimeFactory factory = new TimeFactory();

  /// A snapshot of a process is restored many times. Whatever has only state goes on alike.
  @Test
  void randomNumbersOfTwoRestoredProcessesDiffer() throws Exception {
    RandomGenerator made = factory.random();
    made.nextLong();

    assertThat(next(restored(made))).isNotEqualTo(next(restored(made)));
  }

  @Test
  void theSystemsClockIsComparedWithTheDatabasesAndASetOneIsNot() {
    Instant database = Instant.parse("2026-11-29T12:00:00Z");
    Instant ahead = database.plusSeconds(3600);

    assertThat(factory.sweepTime(factory.clock(null))).isInstanceOf(ComparedTime.class);
    assertThat(factory.sweepTime(factory.clock("2026-12-02T00:00:00Z")).of(ahead, database))
        .isEqualTo(ahead);
  }

  private static RandomGenerator restored(RandomGenerator generator)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(snapshot)) {
      out.writeObject(generator);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(snapshot.toByteArray()))) {
      return (RandomGenerator) in.readObject();
    }
  }

  private static long[] next(RandomGenerator generator) {
    return LongStream.generate(generator::nextLong).limit(4).toArray();
  }
}
