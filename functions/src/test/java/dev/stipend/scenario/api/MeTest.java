package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a key tells its owner.
@ExtendWith(StipendExtension.class)
final class MeTest {
  private final Stipend stipend;

  MeTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void aKeyTellsItsRoleAndWhatItMayDo() {
    Answer me = stipend.api("GET", "/api/me", "", Tenant.key(stipend, "ingest", "default"));
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.text("role")).isEqualTo("ingest");
    assertThat(me.json().get("may")).isEqualTo(List.of("ingest", "read"));
    assertThat(me.json().containsKey("userId")).isFalse();
    assertThat(me.json().get("budgets")).isEqualTo(List.of());
    assertThat(me.body()).doesNotContain("tenant-key-of-role-ingest");
    assertThat(String.valueOf(me.json().get("workspace"))).contains("slug=default");
  }

  @Test
  void aKeyOfAUserTellsTheirBudgetsAndTheirSpendByModel() {
    budget("\"user\",\"scopeId\":\"u1\"", "Own", "20", true);
    budget("\"user\",\"scopeId\":\"*\"", "Each", "10", false);
    budget("\"user\",\"scopeId\":\"u2\"", "Other", "20", false);
    budget("\"workspace\",\"scopeId\":\"default\"", "All", "100", false);
    stipend.record(Usage.costing("a", SettableClock.START.minus(Duration.ofHours(1)), "3"));
    stipend.record(
        Usage.costing("b", SettableClock.START.minus(Duration.ofHours(1)), "4")
            .replace("\"u1\"", "\"u2\""));

    Map<?, ?> me = stipend.api("GET", "/api/me", "").json();

    assertThat(me.get("userId")).isEqualTo("u1");
    assertThat((List<?>) me.get("budgets"))
        .map(
            each -> {
              Map<?, ?> budget = (Map<?, ?>) each;
              return "%s of %s: %s left of %s"
                  .formatted(
                      budget.get("budgetName"),
                      budget.get("subject"),
                      budget.get("headroom"),
                      budget.get("limitAmount"));
            })
        .containsExactlyInAnyOrder(
            "Own of u1: 17.00 left of 20.00",
            "Each of u1: 7.00 left of 10.00",
            "All of default: 93.00 left of 100.00");
    assertThat((List<?>) me.get("models")).hasSize(1);
    assertThat(String.valueOf(me.get("models"))).contains("spend=3.00");
  }

  private void budget(String scope, String name, String limit, boolean hard) {
    Answer made =
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"%s\",\"limitAmount\":%s,\"period\":\"monthly\",\"scope\":%s,\"hardLimit\":%s}"
                .formatted(name, limit, scope, hard));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
  }
}
