package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Requests.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which ids usage has had, as forms that help people to name one ask for them.
@ExtendWith(StipendExtension.class)
final class DimensionsTest {
  private static final String HOSTILE = "<script>'\"%_";

  private final Stipend stipend;
  private int events;

  DimensionsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void idsThatBeginWithTheTextComeBeforeThoseThatHaveItInThem() {
    for (String user : List.of("mona", "Anna", "ana", "bob", "susana")) {
      record("userId", user);
    }
    record("agentId", "ana the agent");
    assertThat(ids("user", "")).containsExactly("Anna", "ana", "bob", "mona", "susana");
    assertThat(ids("user", "q=AN")).containsExactly("Anna", "ana", "susana");
    assertThat(ids("user", "q=zoe")).isEmpty();
    assertThat(ids("agent", "")).containsExactly("ana the agent");
    assertThat(ids("model", "")).containsExactly("gpt-4o");
    assertThat(ids("provider", "q=open")).containsExactly("openai");
    assertThat(ids("team", "")).isEmpty();
  }

  @Test
  void theListIsBoundedAndSaysWhetherItIsWhole() {
    for (String user : List.of("a", "b", "c")) {
      record("userId", user);
    }
    assertThat(get("user", "limit=2").body())
        .isEqualTo("{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"complete\":false}");
    assertThat(get("user", "limit=3").body()).contains("\"complete\":true");
  }

  @Test
  void tagsHaveTheirKeysAndEachKeyItsValues() {
    record("tags", Map.of("project", "apollo", "stage", "x"));
    record("tags", Map.of("project", "gemini"));
    record("userId", "untagged");
    assertThat(ids("tag", "")).containsExactly("project", "stage");
    assertThat(ids("tag", "q=pro")).containsExactly("project");
    assertThat(ids("tag:project", "")).containsExactly("apollo", "gemini");
    assertThat(ids("tag:project", "q=POLLO")).containsExactly("apollo");
    assertThat(ids("tag:none", "")).isEmpty();
  }

  @Test
  void aTextIsNoPatternAndAnIdIsAsItWasSent() {
    record("userId", HOSTILE);
    record("userId", "plain");
    assertThat(ids("user", "q=" + encoded("%_"))).containsExactly(HOSTILE);
    assertThat(ids("user", "q=%25%25")).isEmpty();
  }

  @Test
  void idsThatOnlyCountersOfBudgetsKnowAreFound() {
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"Each\",\"limitAmount\":10,\"period\":\"monthly\",\"scope\":\"user\",\"scopeId\":\"*\"}");
    record("userId", "ana");
    stipend.database.execute("DELETE FROM stipend.cost_tracking");
    assertThat(ids("user", "")).containsExactly("ana");
    assertThat(ids("agent", "")).isEmpty();
  }

  @Test
  void eachWorkspaceSeesItsOwnAndAnyKeyMayLook() {
    record("userId", "ana");
    record("tags", Map.of("project", "apollo"));
    for (String role : List.of("read", "ingest", "admin")) {
      assertThat(
              stipend
                  .api("GET", "/api/dimensions/user", "", Tenant.key(stipend, role, "default"))
                  .body())
          .contains("ana");
      for (String name : List.of("user", "tag", "tag:project", "model")) {
        assertThat(
                stipend
                    .api(
                        "GET",
                        "/api/dimensions/" + name,
                        "",
                        Tenant.key(stipend, role, "elsewhere"))
                    .body())
            .isEqualTo("{\"items\":[],\"complete\":true}");
      }
    }
    assertThat(stipend.api("GET", "/api/dimensions/user", "", Map.of()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "user?limit=0, 400, limit",
    "user?limit=201, 400, limit",
    "user?limit=x, 400, limit",
    "user?q=a&q=b, 400, q",
    "user?prefix=a, 400, prefix",
    "users, 404, dimension",
    "tag:, 404, dimension",
    "USER, 404, dimension"
  })
  void whatIsWrongIsNamed(String path, int status, String named) {
    Answer refused = stipend.api("GET", "/api/dimensions/" + path, "");
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.body()).contains(named);
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    Answer refused = get("user", "q=" + "x".repeat(201));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"q\"");
  }

  private List<String> ids(String name, String query) {
    return get(name, query).items().stream()
        .map(item -> String.valueOf(((Map<?, ?>) item).get("id")))
        .toList();
  }

  private Answer get(String name, String query) {
    return stipend.api("GET", "/api/dimensions/" + name + "?" + query, "");
  }

  private void record(String field, Object value) {
    events++;
    String json =
        value instanceof Map<?, ?> tags
            ? tags.entrySet().stream()
                .map(tag -> "\"" + tag.getKey() + "\":\"" + tag.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"))
            : "\"" + String.valueOf(value).replace("\"", "\\\"") + "\"";
    assertThat(
            stipend.record(
                "{\"eventId\":\"d%d\",\"occurredAt\":\"%s\",\"provider\":\"openai\",\"model\":\"gpt-4o\",\"cost\":\"1\",\"%s\":%s}"
                    .formatted(events, stipend.clock.instant(), field, json)))
        .isEmpty();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
