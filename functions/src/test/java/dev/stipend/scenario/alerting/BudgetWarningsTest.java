package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What whoever makes or edits a budget is warned of.
@ExtendWith(StipendExtension.class)
final class BudgetWarningsTest {
  @Test
  void aBudgetOfTheSameNameAndScopeIsNamed(Stipend stipend) {
    Answer first = create(stipend, "10");
    Answer second = create(stipend, "20");

    assertThat(first.text("warnings")).isEqualTo("[]");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("warnings"))
        .contains("Budget " + first.text("id") + " has the same name and scope");

    String path = "/api/budgets/" + second.text("id");
    assertThat(stipend.api("PATCH", path, "{\"name\":\"Other\"}").text("warnings")).isEqualTo("[]");
    assertThat(stipend.api("PATCH", path, "{\"name\":\"Test Budget\"}").text("warnings"))
        .contains(first.text("id"));
    stipend.api("DELETE", "/api/budgets/" + first.text("id"), "");
    assertThat(create(stipend, "30").text("warnings")).contains(second.text("id"));
    stipend.api("DELETE", path, "");
    assertThat(stipend.api("POST", "/api/budgets", agents()).text("warnings")).isEqualTo("[]");
  }

  private static Answer create(Stipend stipend, String limit) {
    return stipend.api("POST", "/api/budgets", Usage.monthlyBudget(limit));
  }

  private static String agents() {
    return Usage.monthlyBudget("10").replace("\"user\"", "\"agent\"");
  }
}
