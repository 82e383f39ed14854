package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Requests.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The keys of a workspace, as an administrator makes and revokes them.
@ExtendWith(StipendExtension.class)
final class KeysTest {
  private static final String BUDGETS = "/api/budgets";

  @AfterEach
  void keepOnlyTheFirstKey(Stipend stipend) {
    stipend.database.execute("DELETE FROM stipend.api_keys WHERE name <> 'bootstrap'");
    stipend.database.execute("UPDATE stipend.api_keys SET last_used_at = NULL, revoked_at = NULL");
  }

  @Test
  void keyIsShownOnceAndWorksWithItsRole(Stipend stipend) {
    Answer made = create(stipend, "reader", "read");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.text("key")).matches("stp_[A-Za-z0-9_-]{43}");
    assertThat(made.text("key")).startsWith(made.text("prefix"));
    assertThat(stipend.api("GET", BUDGETS, "", header(made)).status()).isEqualTo(200);
    assertThat(stipend.api("POST", BUDGETS, "{}", header(made)).status()).isEqualTo(403);
    Answer list = stipend.api("GET", "/api/keys", "");
    assertThat(list.body())
        .contains("\"name\":\"reader\"", "\"role\":\"read\"", made.text("prefix"))
        .doesNotContain(made.text("key"))
        .doesNotContain("hash");
  }

  @Test
  void everyKeyIsAnother(Stipend stipend) {
    assertThat(create(stipend, "a", "read").text("key"))
        .isNotEqualTo(create(stipend, "a", "read").text("key"));
  }

  @Test
  void keyOfAUserSpeaksForThatUser(Stipend stipend) {
    Answer made =
        stipend.api("POST", "/api/keys", "{\"name\":\"k\",\"role\":\"admin\",\"userId\":\"ada\"}");

    Answer budget =
        stipend.api(
            "POST",
            BUDGETS,
            "{\"name\":\"Mine\",\"limitAmount\":1,\"period\":\"daily\",\"scope\":\"user\"}",
            header(made));

    assertThat(budget.text("scopeId")).isEqualTo("ada");
  }

  @Test
  void noTableHoldsTheKeyAndARepetitionDoesNotShowItAgain(Stipend stipend) {
    Map<String, String> once = Map.of("x-api-key", Stipend.ADMIN_KEY, "idempotency-key", "k-1");
    String body = "{\"name\":\"deploy\",\"role\":\"ingest\"}";

    Answer first = stipend.api("POST", "/api/keys", body, once);
    Answer again = stipend.api("POST", "/api/keys", body, once);

    String key = first.text("key");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.text("id")).isEqualTo(first.text("id"));
    assertThat(again.json().containsKey("key")).isFalse();
    assertThat(again.text("note")).contains("shown in the first response");
    assertThat(tablesWith(stipend, first.text("id"))).contains("api_keys", "idempotency_keys");
    assertThat(tablesWith(stipend, key)).isEmpty();
    assertThat(tablesWith(stipend, key.substring("stp_".length()))).isEmpty();
    assertThat(
            tablesWith(stipend, HexFormat.of().formatHex(key.getBytes(StandardCharsets.US_ASCII))))
        .isEmpty();
  }

  @Test
  void revocationHoldsFromTheNextRequestOn(Stipend stipend) {
    Answer made = create(stipend, "reader", "read");

    assertThat(revoke(stipend, made.text("id")).status()).isEqualTo(204);

    assertThat(stipend.api("GET", BUDGETS, "", header(made)).status()).isEqualTo(401);
    assertThat(stipend.api("GET", "/api/keys", "").body()).contains("\"revokedAt\":\"");
    assertThat(revoke(stipend, made.text("id")).status()).as("again").isEqualTo(204);
  }

  @Test
  void nobodyRevokesTheKeyTheyCallWith(Stipend stipend) {
    String own = stipend.database.value("SELECT id FROM stipend.api_keys WHERE name = 'bootstrap'");

    Answer answer = revoke(stipend, own);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail")).contains("the key that you are calling with");
    assertThat(stipend.api("GET", "/api/keys", "").status()).isEqualTo(200);
  }

  @Test
  void adminsWhoRevokeEachOtherAtTheSameTimeLeaveOneOfThem(Stipend stipend) {
    for (int round = 0; round < 10; round++) {
      Answer one = create(stipend, "one", "admin");
      Answer other = create(stipend, "other", "admin");
      stipend.database.execute(
          "UPDATE stipend.api_keys SET revoked_at = now() WHERE name = 'bootstrap'");
      List<Callable<Answer>> both =
          List.of(
              () -> stipend.api("DELETE", "/api/keys/" + other.text("id"), "", header(one)),
              () -> stipend.api("DELETE", "/api/keys/" + one.text("id"), "", header(other)));

      Race.run(both);

      assertThat(
              stipend.database.value(
                  "SELECT count(*) FROM stipend.api_keys WHERE role = 'admin' AND revoked_at IS"
                      + " NULL"))
          .isEqualTo("1");
      stipend.database.execute(
          "UPDATE stipend.api_keys SET revoked_at = NULL WHERE name = 'bootstrap'");
      stipend.database.execute("DELETE FROM stipend.api_keys WHERE name <> 'bootstrap'");
    }
  }

  @Test
  void lastUseIsKeptToTheHour(Stipend stipend) {
    stipend.database.execute("UPDATE stipend.api_keys SET last_used_at = NULL");
    stipend.api("GET", BUDGETS, "");
    assertThat(lastUsed(stipend)).isEqualTo(SettableClock.START.toString());

    stipend.clock.tick(Duration.ofMinutes(59));
    stipend.api("GET", BUDGETS, "");
    assertThat(lastUsed(stipend)).isEqualTo(SettableClock.START.toString());

    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.api("GET", BUDGETS, "");
    assertThat(lastUsed(stipend))
        .isEqualTo(SettableClock.START.plus(Duration.ofHours(1)).toString());
  }

  @Test
  void useThatCannotBeNotedIsAUseAllTheSame(Stipend stipend) {
    stipend.database.execute(
        """
        CREATE FUNCTION stipend.test_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the test refuses'; END $$
        """);
    stipend.database.execute(
        "CREATE TRIGGER test_refuse BEFORE UPDATE ON stipend.api_keys FOR EACH ROW EXECUTE FUNCTION"
            + " stipend.test_refuse()");
    try {
      assertThat(stipend.api("GET", BUDGETS, "").status()).isEqualTo(200);
    } finally {
      stipend.database.execute("DROP FUNCTION stipend.test_refuse() CASCADE");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/keys",
        "/api/keys/",
        "/api/keys?limit=1",
        "/api/%6beys",
        "/api/audit",
        "/api/%61udit"
      })
  void onlyAdminsReadKeysAndTheAuditLog(String path, Stipend stipend) {
    for (String role : List.of("read", "ingest")) {
      Answer answer = stipend.api("GET", path, "", Tenant.key(stipend, role, "default"));
      assertThat(answer.status()).as(answer.body()).isIn(403, 404);
    }
  }

  @Test
  void onlyAdminsMakeAndRevokeKeys(Stipend stipend) {
    String id = create(stipend, "reader", "read").text("id");
    for (String role : List.of("read", "ingest")) {
      Map<String, String> key = Tenant.key(stipend, role, "default");
      assertThat(stipend.api("POST", "/api/keys", "{}", key).status()).isEqualTo(403);
      assertThat(stipend.api("DELETE", "/api/keys/" + id, "", key).status()).isEqualTo(403);
    }
  }

  @Test
  void keysOfAnotherWorkspaceAreNotThere(Stipend stipend) {
    Answer made = create(stipend, "reader", "read");
    Map<String, String> other = Tenant.key(stipend, "admin", "other");

    assertThat(stipend.api("DELETE", "/api/keys/" + made.text("id"), "", other).status())
        .isEqualTo(404);
    assertThat(stipend.api("GET", "/api/keys", "", other).body()).doesNotContain(made.text("id"));
    assertThat(stipend.api("GET", BUDGETS, "", header(made)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|name is required",
        "{}|role is required",
        "{\"name\":\"k\",\"role\":\"root\"}|role must be one of admin, ingest, read",
        "{\"name\":7,\"role\":\"read\"}|name must be a string",
        "{\"name\":\"k\",\"role\":\"read\",\"key\":\"mine\"}|key is not a known field"
      })
  void wrongFieldIsNamed(String body, String message, Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/keys", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(message);
  }

  @Test
  void listPagesNewestFirst(Stipend stipend) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      stipend.clock.tick(Duration.ofSeconds(1));
      made.addFirst(create(stipend, "k" + i, "read").text("id"));
    }

    Answer first = stipend.api("GET", "/api/keys?limit=2", "");
    Answer second = stipend.api("GET", "/api/keys?limit=2&cursor=" + first.text("nextCursor"), "");

    List<Object> seen = new ArrayList<>(first.items());
    seen.addAll(second.items());
    assertThat(seen.stream().map(item -> String.valueOf(((Map<?, ?>) item).get("id"))))
        .containsSubsequence(made);
    assertThat(stipend.api("GET", "/api/keys/not-an-id", "").status()).isIn(404, 405);
    assertThat(revoke(stipend, "not-an-id").status()).isEqualTo(404);
  }

  private static Answer create(Stipend stipend, String name, String role) {
    return stipend.api(
        "POST", "/api/keys", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
  }

  private static Answer revoke(Stipend stipend, String id) {
    return stipend.api("DELETE", "/api/keys/" + id, "");
  }

  private static Map<String, String> header(Answer made) {
    return Map.of("x-api-key", made.text("key"));
  }

  private static String lastUsed(Stipend stipend) {
    return stipend.api("GET", "/api/keys", "").items().stream()
        .map(item -> (Map<?, ?>) item)
        .filter(item -> "bootstrap".equals(item.get("name")))
        .map(item -> String.valueOf(item.get("lastUsedAt")))
        .findFirst()
        .orElseThrow();
  }

  /// The tables with a row that holds a text anywhere.
  private static List<String> tablesWith(Stipend stipend, String text) {
    return stipend
        .database
        .rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'stipend' AND"
                + " table_type = 'BASE TABLE'")
        .stream()
        .filter(
            table ->
                !stipend
                    .database
                    .value(
                        "SELECT count(*) FROM stipend.%s t WHERE strpos(CAST(t AS text), '%s') > 0"
                            .formatted(table, text))
                    .equals("0"))
        .toList();
  }
}
