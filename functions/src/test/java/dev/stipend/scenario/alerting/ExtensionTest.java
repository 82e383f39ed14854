package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How holds are kept for longer.
@ExtendWith(StipendExtension.class)
final class ExtensionTest {
  private final Holder holder = new Holder();

  @Test
  void extendKeepsTheHold(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "10");
    stipend.clock.tick(Duration.ofSeconds(200));

    Answer extended = holder.end(stipend, reserved, "extend", "{\"ttlSeconds\":600}");
    stipend.clock.tick(Duration.ofSeconds(599));

    assertThat(extended.text("expiresAt"))
        .isEqualTo(SettableClock.START.plusSeconds(800).toString());
    assertThat(holder.reserve(stipend, "1").status()).isEqualTo(402);
    stipend.clock.tick(Duration.ofSeconds(1));
    assertThat(holder.reserve(stipend, "1").status()).isEqualTo(201);
    assertThat(holder.end(stipend, reserved, "extend", "{}").status()).isEqualTo(409);
  }

  @Test
  void extendWithoutABodyHoldsForTheUsualTime(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    for (String body : List.of("", " \n", "{}", "{\"ttlSeconds\":null}")) {
      stipend.clock.tick(Duration.ofSeconds(100));

      Answer extended = holder.end(stipend, reserved, "extend", body);

      assertThat(extended.status()).as("'%s': %s", body, extended.body()).isEqualTo(200);
      assertThat(extended.text("expiresAt"))
          .isEqualTo(stipend.clock.instant().plusSeconds(300).toString());
    }
  }

  @Test
  void extendByWhatIsNoTimeIsRefusedByName(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "10", true);
    Answer reserved = holder.reserve(stipend, "4");
    for (String ttl : List.of("0", "-1", "86401", "1.5", "\"300\"", "[]")) {
      Answer refused = holder.end(stipend, reserved, "extend", "{\"ttlSeconds\":" + ttl + "}");

      assertThat(refused.status()).as(ttl).isEqualTo(400);
      assertThat(refused.text("detail")).startsWith("ttlSeconds must be a whole number from 1 to");
    }
    assertThat(holder.end(stipend, reserved, "extend", "[]").status()).isEqualTo(400);
    assertThat(holder.end(stipend, reserved, "extend", "{\"ttl\":1}").status()).isEqualTo(400);
  }
}
