package dev.stipend.support.process;

import dev.stipend.enforcement.RequestKey;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.support.Enforced;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A client in a process of its own, to be killed: reserves, settles at its estimate or below,
/// releases and forgets, and tells each deed in a line once it is done. What is answered "busy" it
/// tries again, as clients do. It begins when it is told the time, for which it says to be ready.
/// Arguments: a file with its settings, a seed.
public final class ClientMain {
  /// How its lines begin, among those of the log.
  public static final String TELLS = "client: ";

  private static final int THREADS = 3;

  /// So many that nobody lives to see the end, and the clock stays within {@link #KEPT}.
  private static final int MOST_STEPS = 2000;

  private static final Duration STEP = Duration.ofMillis(50);

  /// The life of what is ended in time: nobody's clock gets there before its owner is dead.
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final Duration FORGOTTEN = Duration.ofSeconds(1);

  private final Enforced enforced;
  private final SettableClock clock;
  private final AtomicInteger steps = new AtomicInteger();

  private ClientMain(ApplicationContext context) {
    enforced = new Enforced(context);
    clock = context.getBean(SettableClock.class);
  }

  /// Runs the client.
  public static void main(String[] arguments) throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (ApplicationContext context = WorkerProcess.context(arguments[0])) {
      ClientMain client = new ClientMain(context);
      System.out.println(TELLS + "ready");
      String time = orders.readLine();
      if (time == null) {
        return;
      }
      client.clock.set(Instant.parse(time));
      RandomGenerator.SplittableGenerator seeds =
          RandomGeneratorFactory.<RandomGenerator.SplittableGenerator>of("L64X128MixRandom")
              .create(Long.parseLong(arguments[1]));
      List<Callable<Void>> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        RandomGenerator random = seeds.split();
        threads.add(
            () -> {
              client.run(random);
              return null;
            });
      }
      Race.run(threads);
    }
  }

  private void run(RandomGenerator random) {
    while (steps.incrementAndGet() < MOST_STEPS) {
      clock.tick(STEP);
      told(random).ifPresent(deed -> System.out.println(TELLS + deed));
    }
  }

  private Optional<String> told(RandomGenerator random) {
    try {
      return Optional.of(step(random));
    } catch (RuntimeException failure) {
      if (FailureCause.of(failure) != FailureCause.CONTENTION) {
        throw failure;
      }
      return Optional.empty();
    }
  }

  private String step(RandomGenerator random) {
    int fate = random.nextInt(10);
    int estimate = 1 + random.nextInt(5);
    ReserveOutcome outcome =
        enforced.reserve(
            "u" + random.nextInt(3),
            "a1",
            Integer.toString(estimate),
            fate < 2 ? FORGOTTEN : KEPT,
            random.nextBoolean() ? Optional.of(key()) : Optional.empty());
    if (!(outcome instanceof ReserveOutcome.Reserved reserved)) {
      return "refused";
    }
    UUID id = reserved.reservation().id();
    if (fate < 2) {
      return "forgotten";
    }
    if (fate < 5) {
      enforced.release(id);
      return "released";
    }
    enforced.settle(id, random.nextInt(30) == 0 ? Integer.toString(estimate) : "0.01");
    return "settled";
  }

  private static RequestKey key() {
    UUID name = UUID.randomUUID();
    return new RequestKey(
        name.toString(), HexFormat.of().toHexDigits(name.getLeastSignificantBits()));
  }
}
