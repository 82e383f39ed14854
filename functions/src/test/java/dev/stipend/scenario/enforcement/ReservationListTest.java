package dev.stipend.scenario.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Reservations by the state that is shown of them.
@ExtendWith(StipendExtension.class)
final class ReservationListTest {
  private final Holder holder = new Holder();

  @Test
  void eachStateListsWhatIsShownInIt(Stipend stipend) {
    Answer expired = holder.reserve(stipend, "1");
    Answer settled = holder.reserve(stipend, "2");
    Answer released = holder.reserve(stipend, "3");
    holder.settle(stipend, settled, "{\"cost\":\"2\"}");
    holder.end(stipend, released, "release", "");
    stipend.clock.tick(Duration.ofMinutes(5));
    Answer held = holder.reserve(stipend, "4");

    Map<String, Answer> all =
        Map.of("held", held, "expired", expired, "settled", settled, "released", released);
    all.forEach(
        (state, reservation) ->
            assertThat(listed(stipend, "?state=" + state))
                .as(state)
                .containsExactly(reservation.text("id") + " " + state));
    assertThat(listed(stipend, "")).hasSize(4);

    stipend.sweep();
    assertThat(listed(stipend, "?state=expired"))
        .as("also when its hold is taken off")
        .containsExactly(expired.text("id") + " expired");
  }

  @Test
  void anUnknownStateNamesThoseThatThereAre(Stipend stipend) {
    Answer refused = stipend.api("GET", "/api/reservations?state=ended", "");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("must be one of held, expired, settled, released");
  }

  @Test
  void releasingWhatIsSettledSaysThatTheReservationHasEnded(Stipend stipend) {
    Answer reserved = holder.reserve(stipend, "2");
    holder.settle(stipend, reserved, "{\"cost\":\"2\"}");

    for (String how : List.of("release", "extend")) {
      Answer refused = holder.end(stipend, reserved, how, "");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text("title")).isEqualTo("The reservation has ended");
      assertThat(refused.text("type")).endsWith("/reservation-ended");
    }
  }

  private static List<String> listed(Stipend stipend, String query) {
    return stipend.api("GET", "/api/reservations" + query, "").items().stream()
        .map(item -> (Map<?, ?>) item)
        .map(item -> item.get("id") + " " + item.get("state"))
        .toList();
  }
}
