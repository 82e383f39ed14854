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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The audit log, as an administrator reads it.
@ExtendWith(StipendExtension.class)
final class AuditTest {
  @AfterEach
  void keepOnlyTheFirstKey(Stipend stipend) {
    stipend.database.execute("DELETE FROM stipend.api_keys WHERE name <> 'bootstrap'");
  }

  @Test
  void everyDeedHasItsEntry(Stipend stipend) {
    String key = post(stipend, "/api/keys", "{\"name\":\"k\",\"role\":\"read\"}");
    stipend.api("DELETE", "/api/keys/" + key, "");
    String channel = post(stipend, "/api/channels", "{\"kind\":\"email\",\"name\":\"Ops\"}");
    stipend.api("PATCH", "/api/channels/" + channel, "{\"name\":\"Dev\"}");
    stipend.api("POST", "/api/channels/" + channel + "/test", "");
    stipend.api("DELETE", "/api/channels/" + channel, "");
    String silence = post(stipend, "/api/silences", silence());
    stipend.api("PATCH", "/api/silences/" + silence, "{\"reason\":\"other\"}");
    stipend.api("DELETE", "/api/silences/" + silence, "");
    post(stipend, "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs WHERE threshold = 80");
    stipend.api(
        "POST", "/api/alerts/" + alert + "/snooze", "{\"until\":\"%s\"}".formatted(later()));
    stipend.api("POST", "/api/alerts/" + alert + "/acknowledge", "");
    stipend.api("POST", "/api/alerts/" + alert + "/resend", "");

    assertThat(
            stipend.database.rows(
                "SELECT action, target, before IS NOT NULL, after IS NOT NULL FROM"
                    + " stipend.audit_logs WHERE split_part(action, '.', 1) IN ('key', 'channel',"
                    + " 'silence', 'alert')"))
        .containsExactlyInAnyOrder(
            "key.create|key " + key + "|f|t",
            "key.revoke|key " + key + "|t|t",
            "channel.create|channel " + channel + "|f|t",
            "channel.update|channel " + channel + "|t|t",
            "channel.test|channel " + channel + "|f|t",
            "channel.delete|channel " + channel + "|t|f",
            "silence.create|silence " + silence + "|f|t",
            "silence.update|silence " + silence + "|t|t",
            "silence.delete|silence " + silence + "|t|f",
            "alert.snooze|alert " + alert + "|t|t",
            "alert.acknowledge|alert " + alert + "|t|t",
            "alert.resend|alert " + alert + "|t|t");
  }

  @Test
  void pricesThatAreSetOrImportedHaveTheirEntryAndTheSameAgainNone(Stipend stipend) {
    String price =
        """
        {"provider":"openai","model":"gpt-4o","perMillion":{"input":"1.5","output":"6"}}
        """;
    String file =
        """
        {"acme/chat":{"litellm_provider":"acme","mode":"chat","input_cost_per_token":2e-06,"output_cost_per_token":8e-06}}
        """;
    for (int i = 0; i < 2; i++) {
      assertThat(stipend.api("POST", "/api/prices", price).status()).isIn(200, 201);
      assertThat(stipend.api("POST", "/api/prices/import", file).status()).isEqualTo(200);
    }

    List<Map<?, ?>> entries = entries(stipend, "");
    assertThat(entries).hasSize(2);
    assertThat(entries.getLast().get("action")).isEqualTo("price.set");
    assertThat(entries.getLast().get("target")).isEqualTo("price openai/gpt-4o");
    assertThat(String.valueOf(entries.getLast().get("after"))).contains("input=1.5", "output=6");
    assertThat(entries.getFirst().get("action")).isEqualTo("price.import");
    assertThat(String.valueOf(entries.getFirst().get("after"))).contains("acme/chat");
    assertThat(String.valueOf(entries.getFirst().get("actor"))).startsWith("key ");
  }

  @Test
  void beforeAndAfterAreJsonObjects(Stipend stipend) {
    String id =
        post(
            stipend,
            "/api/channels",
            "{\"kind\":\"email\",\"name\":\"Ops\",\"config\":{\"to\":\"a@example.com\"}}");
    stipend.clock.tick(Duration.ofSeconds(1));
    stipend.api("PATCH", "/api/channels/" + id, "{\"name\":\"Dev\"}");

    Map<?, ?> entry = entries(stipend, "?action=channel.update").getFirst();

    assertThat(entry.get("before"))
        .isInstanceOf(Map.class)
        .extracting("name", "config")
        .containsExactly("Ops", Map.of("to", "a@example.com"));
    assertThat(entry.get("after")).isInstanceOf(Map.class).extracting("name").isEqualTo("Dev");
    assertThat(entry.get("at")).isEqualTo(SettableClock.START.plusSeconds(1).toString());
  }

  @Test
  void refusedRequestLeavesNoEntry(Stipend stipend) {
    post(stipend, "/api/channels", "{\"kind\":\"email\",\"name\":\"Ops\"}");
    stipend.api("POST", "/api/channels", "{\"kind\":\"email\",\"name\":\"Ops\"}");
    stipend.api("POST", "/api/channels", "{\"kind\":\"email\"}");
    stipend.api("DELETE", "/api/channels/00000000-0000-0000-0000-000000000009", "");

    assertThat(entries(stipend, "")).hasSize(1);
  }

  @Test
  void listIsFilteredAndPagedNewestFirst(Stipend stipend) {
    String id = post(stipend, "/api/channels", "{\"kind\":\"email\",\"name\":\"Ops\"}");
    for (String name : List.of("A", "B", "C")) {
      stipend.clock.tick(Duration.ofSeconds(1));
      stipend.api("PATCH", "/api/channels/" + id, "{\"name\":\"" + name + "\"}");
    }
    post(stipend, "/api/channels", "{\"kind\":\"email\",\"name\":\"Other\"}");

    String query = "?target=channel%20" + id + "&action=channel.update&limit=2";
    Answer first = stipend.api("GET", "/api/audit" + query, "");
    Answer second =
        stipend.api("GET", "/api/audit" + query + "&cursor=" + first.text("nextCursor"), "");

    assertThat(first.items().stream().map(AuditTest::nameAfter)).containsExactly("C", "B");
    assertThat(second.items().stream().map(AuditTest::nameAfter)).containsExactly("A");
    assertThat(second.json().containsKey("nextCursor")).isFalse();
  }

  @Test
  void entriesOfAnotherWorkspaceAreNotThere(Stipend stipend) {
    post(stipend, "/api/channels", "{\"kind\":\"email\",\"name\":\"Ops\"}");
    Map<String, String> other = Tenant.key(stipend, "admin", "other");

    assertThat(stipend.api("GET", "/api/audit", "", other).items()).isEmpty();
    assertThat(entries(stipend, "")).hasSize(1);
  }

  private static String nameAfter(Object entry) {
    return ((Map<?, ?>) entry).get("after") instanceof Map<?, ?> after
        ? String.valueOf(after.get("name"))
        : "";
  }

  private static List<Map<?, ?>> entries(Stipend stipend, String query) {
    return stipend.api("GET", "/api/audit" + query, "").items().stream()
        .<Map<?, ?>>map(item -> (Map<?, ?>) item)
        .toList();
  }

  private static String post(Stipend stipend, String path, String body) {
    Answer made = stipend.api("POST", path, body);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private static String silence() {
    return "{\"scope\":\"team\",\"until\":\"%s\",\"reason\":\"x\"}".formatted(later());
  }

  private static String later() {
    return SettableClock.START.plus(Duration.ofHours(1)).toString();
  }
}
