package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What work holds is seen by people, and given up by hand.
@ExtendWith(StipendExtension.class)
final class ReservationPagesTest {
  private final Stipend stipend;

  ReservationPagesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void aHoldIsShownWithItsAgeAndGivesItsHeadroomBack() {
    budget();
    String id = reserve("6");
    assertThat(validate("5").body()).contains("\"allowed\":false");
    stipend.clock.tick(Duration.ofMinutes(2));
    Browser admin = Browser.ofAdmin(stipend);

    Element row = admin.page("/reservations").select("tbody tr").getFirst();

    assertThat(row.text()).contains("$6.00", "Ana's", "2 minutes ago", "holds");
    assertThat(row.select("td span[title]").getFirst().attr("title")).isEqualTo("6.00 USD");
    Answer released = admin.submit("/reservations/" + id + "/release", Map.of());
    assertThat(released.status()).isEqualTo(303);
    assertThat(admin.page("/reservations").select(".empty")).hasSize(1);
    assertThat(admin.page("/reservations?state=released").select("tbody tr")).hasSize(1);
    assertThat(validate("5").body()).contains("\"allowed\":true");
    assertThat(admin.page("/audit").select("code").eachText()).contains("reservation.release");

    assertThat(admin.submit("/reservations/" + id + "/release", Map.of()).status()).isEqualTo(303);
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE action = 'reservation.release'"))
        .as("once more changes nothing")
        .isEqualTo("1");
  }

  @Test
  void whatIsOverSaysHow() {
    budget();
    String settled = reserve("1");
    stipend.api(
        "POST",
        "/api/reservations/" + settled + "/settle",
        "{\"eventId\":\"e\",\"userId\":\"ana\",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"cost\":\"1\"}");
    reserve("2");
    stipend.clock.tick(Duration.ofMinutes(10));
    Browser admin = Browser.ofAdmin(stipend);

    Document all = admin.page("/reservations?state=all");

    assertThat(all.select("tbody .badge").eachText()).containsExactly("expired", "settled");
    assertThat(all.select("tbody form")).isEmpty();
    assertThat(admin.submit("/reservations/" + settled + "/release", Map.of()).status())
        .isEqualTo(409);
    assertThat(admin.page("/reservations?state=rubbish").select(".empty")).hasSize(1);
  }

  @Test
  void aReaderLooksAndOthersSeeNothing() {
    budget();
    String id = reserve("6");
    Browser reader = new Browser(stipend);
    reader.signIn(Objects.requireNonNull(Tenant.key(stipend, "read", "default").get("x-api-key")));
    assertThat(reader.page("/reservations").select("tbody tr")).hasSize(1);
    assertThat(reader.page("/reservations").select("main form")).isEmpty();
    String path = "/reservations/" + id + "/release";
    assertThat(reader.submit(path, Map.of()).status()).isEqualTo(403);
    Browser elsewhere = new Browser(stipend);
    elsewhere.signIn(
        Objects.requireNonNull(Tenant.key(stipend, "admin", "elsewhere").get("x-api-key")));
    assertThat(elsewhere.page("/reservations").select(".empty")).hasSize(1);
    assertThat(elsewhere.submit(path, Map.of()).status()).isEqualTo(404);
    assertThat(validate("5").body()).contains("\"allowed\":false");
  }

  private void budget() {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Ana's","limitAmount":10,"period":"monthly","scope":"user","scopeId":"ana","hardLimit":true}\
        """);
  }

  private String reserve(String cost) {
    return stipend
        .api(
            "POST",
            "/api/reservations",
            "{\"userId\":\"ana\",\"estimatedCost\":\"%s\"}".formatted(cost))
        .text("id");
  }

  private Answer validate(String cost) {
    return stipend.api(
        "POST",
        "/api/budgets/validate",
        "{\"userId\":\"ana\",\"estimatedCost\":\"%s\"}".formatted(cost));
  }
}
