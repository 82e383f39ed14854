package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom the REST API lets in, and what they may see and do.
@ExtendWith(StipendExtension.class)
class ApiAccessTest {
  private static final String BUDGET =
      """
      {"name":"B","limitAmount":1,"period":"monthly","scope":"user","scopeId":"u1"%s}\
      """;

  @Test
  void aMissingOrUnknownKeyIsRefused(Stipend stipend) {
    for (Map<String, String> headers :
        List.of(Map.<String, String>of(), Map.of("x-api-key", ""), Map.of("x-api-key", "wrong"))) {
      Answer answer = stipend.api("GET", "/api/budgets", "", headers);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.text("type")).endsWith("/unauthenticated");
      assertThat(answer.response().getHeaders().get("Content-Type"))
          .startsWith("application/problem+json");
    }
  }

  @Test
  void aRevokedKeyIsRefusedAtOnce(Stipend stipend) {
    Map<String, String> key = keyOf(stipend, "read", "default");
    assertThat(stipend.api("GET", "/api/budgets", "", key).status()).isEqualTo(200);
    stipend.database.execute(
        "UPDATE stipend.api_keys SET revoked_at = now() WHERE name = 'test read'");
    assertThat(stipend.api("GET", "/api/budgets", "", key).status()).isEqualTo(401);
  }

  /// Whoever guesses sends a text and has its SHA-256 looked up: how long that takes tells nothing
  /// of how much of a key was right.
  @Test
  void aKeyIsKeptAndLookedUpByItsHashAlone(Stipend stipend) {
    String key = String.valueOf(keyOf(stipend, "read", "default").get("x-api-key"));
    assertThat(
            stipend.database.rows("SELECT DISTINCT octet_length(key_hash) FROM stipend.api_keys"))
        .containsExactly("32");
    for (String near : List.of(key + "x", key.substring(1), key.toUpperCase(Locale.ROOT))) {
      assertThat(stipend.api("GET", "/api/budgets", "", Map.of("x-api-key", near)).status())
          .as(near)
          .isEqualTo(401);
    }
    String hash = stipend.database.value("SELECT encode(sha256('%s'), 'hex')".formatted(key));
    assertThat(stipend.api("GET", "/api/budgets", "", Map.of("x-api-key", hash)).status())
        .isEqualTo(401);
  }

  @Test
  void rolesDecideWhoMayDoWhat(Stipend stipend) {
    Map<String, String> read = keyOf(stipend, "read", "default");
    Map<String, String> ingest = keyOf(stipend, "ingest", "default");
    String usage = "{\"events\":[]}";
    assertThat(stipend.api("POST", "/api/usage", usage, read).status()).isEqualTo(403);
    assertThat(stipend.api("POST", "/api/usage", usage, ingest).status()).isEqualTo(200);
    assertThat(stipend.api("POST", "/v1/traces", "{}", read).status()).isEqualTo(403);
    assertThat(stipend.api("POST", "/v1/traces", "{}", ingest).status()).isEqualTo(200);
    assertThat(stipend.api("POST", "/api/budgets", BUDGET.formatted(""), ingest).status())
        .isEqualTo(403);
    assertThat(stipend.api("GET", "/api/alerts", "", read).status()).isEqualTo(200);
  }

  @Test
  void headIsAllowedWhereGetIs(Stipend stipend) {
    Map<String, String> read = keyOf(stipend, "read", "default");
    for (String path : List.of("/api/budgets", "/api/alerts", "/api/reservations")) {
      assertThat(stipend.api("HEAD", path, "", read).status()).as(path).isEqualTo(200);
    }
    assertThat(stipend.api("HEAD", "/api/keys", "", read).status()).isEqualTo(403);
    assertThat(stipend.api("HEAD", "/api/keys", "").status()).isEqualTo(200);
  }

  @Test
  void aSlashAtTheEndOfAPathChangesNothing(Stipend stipend) {
    Map<String, String> ingest = keyOf(stipend, "ingest", "default");
    assertThat(stipend.api("GET", "/api/health/", "", Map.of()).status()).isEqualTo(200);
    assertThat(stipend.api("POST", "/api/usage/", "{\"events\":[]}", ingest).status())
        .isEqualTo(200);
    assertThat(stipend.api("GET", "/api/keys/", "", ingest).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/budgets?cursor=%00",
        "/api/budgets?limit=x",
        "/api/budgets?limit=1&limit=2",
        "/api/budgets?bogus=1",
        "/api/spend?from=x"
      })
  void whoHasNoKeyHearsOfNothingElse(String path, Stipend stipend) {
    Answer stranger = stipend.api("GET", path, "", Map.of());
    assertThat(stranger.status()).as(stranger.body()).isEqualTo(401);
    assertThat(stipend.api("GET", path, "").status()).isEqualTo(400);
  }

  @Test
  void whatIsInAnotherWorkspaceIsNotThere(Stipend stipend) {
    Answer created = stipend.api("POST", "/api/budgets", BUDGET.formatted(""));
    stipend.record(Usage.costing("e1", SettableClock.START, "1"));
    Map<String, String> other = keyOf(stipend, "admin", "other");
    String id = created.text("id");
    assertThat(stipend.api("GET", "/api/budgets/" + id, "", other).status()).isEqualTo(404);
    assertThat(stipend.api("GET", "/api/budgets/" + id + "/usage", "", other).status())
        .isEqualTo(404);
    assertThat(stipend.api("GET", "/api/budgets", "", other).items()).isEmpty();
    assertThat(stipend.api("GET", "/api/alerts?budgetId=" + id, "", other).items()).isEmpty();
    assertThat(stipend.api("GET", "/api/alerts?budgetId=" + id, "").items()).isNotEmpty();
  }

  private static Map<String, String> keyOf(Stipend stipend, String role, String workspace) {
    String key = "key-" + role + "-" + workspace;
    stipend.database.execute(
        """
        INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
        VALUES ('%s', 'test', 'USD', 'UTC')
        ON CONFLICT DO NOTHING
        """
            .formatted(workspace));
    stipend.database.execute(
        """
        INSERT INTO stipend.api_keys (workspace_id, name, prefix, key_hash, role)
        SELECT id, 'test %s', 'key', sha256('%s'), '%s' FROM stipend.workspaces WHERE slug = '%s'
        ON CONFLICT (key_hash) DO UPDATE SET revoked_at = NULL
        """
            .formatted(role, key, role, workspace));
    return Map.of("x-api-key", key);
  }
}
