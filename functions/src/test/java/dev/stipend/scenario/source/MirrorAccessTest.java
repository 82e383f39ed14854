package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.support.Race;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.AgentSystem;
import dev.stipend.support.database.Database;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.source.MirrorBudgets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Who may read, edit and mirror the budgets of an AI agent system.
@ExtendWith(StipendExtension.class)
class MirrorAccessTest {
  private final Stipend stipend;
  private AgentSystem app;
  private Database host;

  @TempDir Path directory;

  MirrorAccessTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    app = new AgentSystem(stipend, directory);
    host = app.database;
  }

  @Test
  void nobodyElseEditsThem() {
    app.grantReading();
    host.execute("UPDATE users SET monthly_budget_limit = 2 WHERE id = 8");
    app.connect("");
    app.sweep();
    String path = "/api/budgets/" + stipend.database.value("SELECT id FROM stipend.budgets");
    assertThat(app.shown(path)).contains("\"owner\":\"source:app\"");
    for (Answer refused :
        List.of(
            stipend.api("PATCH", path, "{\"limitAmount\":\"5\"}"),
            stipend.api("DELETE", path, ""),
            stipend.api(
                "POST",
                path + "/increase",
                "{\"amount\":\"5\",\"until\":\"2026-06-20T00:00:00Z\",\"reason\":\"more\"}"))) {
      assertThat(refused.status()).as(refused.body()).isEqualTo(409);
      assertThat(refused.body()).contains("The budget belongs to source:app; change it there.");
    }
    String source =
        "/api/sources/" + stipend.database.value("SELECT id FROM stipend.spend_sources");
    assertThat(stipend.api("PATCH", source, "{\"name\":\"shop\"}").status()).isEqualTo(200);
    host.execute("UPDATE users SET monthly_budget_limit = 3 WHERE id = 8");
    app.sweep();
    assertThat(app.budgets())
        .containsExactly(
            "ben, monthly limit|8|3|monthly|UTC|f|active|source:shop|80 warning, 100 critical");
    assertThat(stipend.api("DELETE", source, "").status()).isEqualTo(204);
    assertThat(app.shown(path)).contains("\"status\":\"archived\"");
  }

  @Test
  void withoutTheirRightsSpendIsReadAndTheGrantIsNamed() {
    assertThat(app.connect("").body())
        .contains("Its budgets cannot be followed", "GRANT SELECT (id, username, timezone,");
    app.spend(8, "0.5");
    app.sweep();
    assertThat(app.shown("/api/sources"))
        .contains("\"state\":\"ok\"", "\"recorded\":1", "Its budgets cannot be followed");
    app.grantReading();
    host.execute("UPDATE users SET monthly_budget_limit = 0.5 WHERE id = 8");
    app.sweep();
    assertThat(app.alerts())
        .as("what was spent before counts")
        .containsExactly("ben, monthly limit|80", "ben, monthly limit|100");
    assertThat(app.shown("/api/sources")).contains("\"budgets\":{\"mirrored\":1,\"others\":0}");
  }

  @Test
  void onlyWhatIsKnownIsMirrored() {
    for (String fields :
        List.of(
            "\"preset\":\"litellm\",\"mirrorBudgets\":true",
            "\"preset\":\"ai-agent-system\",\"mirrorBudgets\":false,\"writeSecret\":\"BUDGET_WRITER_URL\"")) {
      Answer refused =
          stipend.api(
              "POST",
              "/api/sources",
              "{\"name\":\"x\",\"urlSecret\":\"BUDGET_READER_URL\",%s}".formatted(fields));
      assertThat(refused.status()).isEqualTo(400);
    }
    app.grantReading();
    host.execute("UPDATE users SET monthly_budget_limit = 2 WHERE id = 8");
    app.connect(",\"mirrorBudgets\":false");
    app.sweep();
    assertThat(app.budgets()).isEmpty();
  }

  @Test
  void twoWhoFollowARowAtOnceMakeOneBudget() {
    app.grantReading();
    host.execute(
        """
        INSERT INTO user_budgets (user_id, name, limit_amount) SELECT 8, 'budget ' || i, 1 FROM generate_series(1, 12) i
        """);
    app.connect("");
    SpendSource source = source();
    MirrorBudgets mirror = stipend.context.getBean(MirrorBudgets.class);
    Race.run(
        Collections.nCopies(
            4, () -> mirror.follow(source, TimeLeft.UNLIMITED, stipend.clock.instant())));
    app.sweep();
    assertThat(app.budgets()).hasSize(12).doesNotHaveDuplicates();
    assertThat(app.shown("/api/sources")).contains("\"budgets\":{\"mirrored\":12,\"others\":0}");
  }

  @Test
  void aSourceThatIsRemovedOrRenamedWhileItsRowsAreFollowedLeavesNoBudgetBehind() {
    app.grantReading();
    host.execute(
        """
        INSERT INTO user_budgets (user_id, name, limit_amount) SELECT 8, 'budget ' || i, 1 FROM generate_series(1, 20) i
        """);
    app.connect("");
    SpendSource claimed = source();
    MirrorBudgets mirror = stipend.context.getBean(MirrorBudgets.class);
    Race.run(
        List.of(
            () -> mirror.follow(claimed, TimeLeft.UNLIMITED, stipend.clock.instant()),
            () -> stipend.api("PATCH", "/api/sources/" + claimed.id(), "{\"name\":\"shop\"}")));
    assertThat(stipend.database.rows("SELECT DISTINCT owner FROM stipend.budgets"))
        .containsExactly("source:shop");
    host.execute("UPDATE user_budgets SET limit_amount = 2 WHERE id <= 10");
    host.execute("INSERT INTO user_budgets (user_id, name, limit_amount) VALUES (8, 'more', 1)");
    Race.run(
        List.of(
            () -> mirror.follow(claimed, TimeLeft.UNLIMITED, stipend.clock.instant()),
            () -> stipend.api("DELETE", "/api/sources/" + claimed.id(), "")));
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.budgets WHERE status <> 'archived'"))
        .isEqualTo("0");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.mirrored_budgets"))
        .isEqualTo("0");
    mirror.follow(claimed, TimeLeft.UNLIMITED, stipend.clock.instant());
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.mirrored_budgets"))
        .as("by whoever had claimed it before")
        .isEqualTo("0");
  }

  private SpendSource source() {
    UUID workspace =
        stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow().id();
    return stipend.context.getBean(SourceRepository.class).list(workspace).getFirst();
  }
}
