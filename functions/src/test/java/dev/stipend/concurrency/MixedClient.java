package dev.stipend.concurrency;

import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.support.Enforced;
import dev.stipend.support.Stipend;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A client that does a bit of everything: reserves, settles below and at its estimate, releases,
/// forgets, and records past any reservation.
record MixedClient(Stipend stipend, Enforced enforced, int client, long seed) implements Runnable {
  private static final int STEPS = 60;

  @Override
  public void run() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int step = 0; step < STEPS; step++) {
      String user = "u" + random.nextInt(3);
      String agent = "a" + random.nextInt(2);
      int estimate = 1 + random.nextInt(5);
      ReserveOutcome outcome = enforced.reserve(user, agent, Integer.toString(estimate));
      if (outcome instanceof ReserveOutcome.Reserved reserved) {
        end(reserved, random.nextInt(10), estimate);
      }
      if (random.nextInt(20) == 0) {
        stipend.record(
            """
            {"eventId":"past-%d-%d","occurredAt":"%s","userId":"%s","agentId":"%s","cost":"0.25"}
            """
                .formatted(client, step, stipend.clock.instant(), user, agent));
      }
    }
  }

  private void end(ReserveOutcome.Reserved reserved, int outcome, int estimate) {
    if (outcome < 3) {
      enforced.settle(reserved.reservation().id(), "0.1");
    } else if (outcome < 4) {
      enforced.settle(reserved.reservation().id(), Integer.toString(estimate));
    } else if (outcome < 9) {
      enforced.release(reserved.reservation().id());
    }
  }
}
