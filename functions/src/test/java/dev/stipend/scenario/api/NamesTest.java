package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Json;
import dev.stipend.support.http.Requests.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names that people give, and things that are called by them.
@ExtendWith(StipendExtension.class)
final class NamesTest {
  private static final String BUDGET =
      """
      {"name":"B","limitAmount":100,"period":"monthly","scope":"workspace",%s}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", "\u2007\u3000", "Ops\u200b", "\u202eOps", "O\u200dps"})
  void aNameThatIsNotWhatItLooksLikeIsRefused(String name, Stipend stipend) {
    for (String[] thing :
        new String[][] {
          {
            "/api/channels",
            "{\"kind\":\"email\",\"config\":{\"to\":\"a@example.com\"},\"name\":%s}"
          },
          {
            "/api/budgets",
            "{\"limitAmount\":1,\"period\":\"daily\",\"scope\":\"workspace\",\"name\":%s}"
          },
          {"/api/keys", "{\"role\":\"read\",\"name\":%s}"}
        }) {
      Answer refused = stipend.api("POST", thing[0], thing[1].formatted(quoted(name)));
      assertThat(refused.status()).as(thing[0] + refused.body()).isEqualTo(400);
      assertThat(refused.text("errors"))
          .contains("field=name,")
          .containsAnyOf("must not", "must have");
    }
  }

  @Test
  void lettersThatAreWrittenInTwoWaysAreOneName(Stipend stipend) {
    channel(stipend, "Caf\u00e9");

    Answer again =
        stipend.api("POST", "/api/channels", "{\"kind\":\"email\",\"name\":\"Cafe\u0301\"}");

    assertThat(again.status()).as(again.body()).isEqualTo(409);
  }

  @Test
  void channelsAreNamedByNameWhereverAnIdIsTaken(Stipend stipend) {
    String ops = channel(stipend, "Ops");
    String finance = channel(stipend, "Finance");

    Answer budget =
        stipend.api(
            "POST",
            "/api/budgets",
            BUDGET.formatted(
                "\"channels\":[\"Ops\",\"%s\"],\"thresholds\":[{\"percent\":80,\"channels\":[\"Finance\"]}]"
                    .formatted(finance)));
    assertThat(budget.status()).as(budget.body()).isEqualTo(201);
    assertThat(budget.text("channels")).contains(ops, finance);
    assertThat(budget.text("thresholds")).contains(finance);

    Answer patched =
        stipend.api("PATCH", "/api/budgets/" + budget.text("id"), "{\"channels\":[\"Finance\"]}");
    assertThat(patched.text("channels")).isEqualTo("[" + finance + "]");

    Answer silence =
        stipend.api(
            "POST",
            "/api/silences",
            "{\"channelId\":\"Ops\",\"until\":\"2026-06-20\",\"reason\":\"r\"}");
    assertThat(silence.text("channelId")).as(silence.body()).isEqualTo(ops);
    assertThat(
            stipend
                .api("PATCH", "/api/silences/" + silence.text("id"), "{\"channelId\":\"Finance\"}")
                .text("channelId"))
        .isEqualTo(finance);

    Answer summary =
        stipend.api("POST", "/api/summaries", "{\"every\":\"daily\",\"channels\":[\"Ops\"]}");
    assertThat(summary.text("channels")).as(summary.body()).isEqualTo("[" + ops + "]");

    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/budgets/simulate",
                    BUDGET.formatted("\"channels\":[\"Ops\"],\"periods\":1"))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"channels\":[\"ops\"]|channels[0]",
        "\"channels\":[\"Ops\",\"00000000-0000-0000-0000-000000000009\"]|channels[1]",
        "\"thresholds\":[{\"percent\":80},{\"percent\":90,\"channels\":[\"Opss\"]}]|thresholds[1].channels[0]",
      })
  void anUnknownNameIsRefusedWithTheNearest(String field, String where, Stipend stipend) {
    channel(stipend, "Ops");
    for (String other : new String[] {"Finance", "Legal", "Research", "Board", "Sales"}) {
      channel(stipend, other);
    }

    Answer refused = stipend.api("POST", "/api/budgets", BUDGET.formatted(field));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail"))
        .startsWith(where + " must be the id or the exact name of a channel of this workspace")
        .contains("the closest names are ", "\"Ops\"");
  }

  @Test
  void theNamesOfAnotherWorkspaceAreNotTaken(Stipend stipend) {
    channel(stipend, "Ops");

    Answer refused =
        stipend.api(
            "POST",
            "/api/budgets",
            BUDGET.formatted("\"channels\":[\"Ops\"]"),
            Tenant.key(stipend, "admin", "other"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).endsWith("of this workspace; it has none");
  }

  private static String channel(Stipend stipend, String name) {
    Answer made =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"email\",\"name\":%s,\"config\":{\"to\":\"a@example.com\"}}"
                .formatted(quoted(name)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.text("id");
  }

  private static String quoted(String text) {
    String object = Json.write(Map.of("t", text));
    return object.substring(object.indexOf(':') + 1, object.length() - 1);
  }
}
