package dev.stipend.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.migration.TestMigrations;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// `{"verb":"maintain","pack":…,"schema":…}` for `MaintainLedgerFunction`.
@ExtendWith(StipendExtension.class)
class MaintainPackTest {
  @TempDir Path directory;

  @AfterEach
  void leaveNothing(Stipend stipend) {
    stipend.database.execute("DROP SCHEMA IF EXISTS kept_in_order CASCADE");
    stipend.database.execute("DROP SCHEMA IF EXISTS stipend_migrations CASCADE");
  }

  @Test
  void aPackIsMaintainedWhereItIsDeployed(Stipend stipend) {
    MaintainLedgerFunction function = new MaintainLedgerFunction(stipend.context);
    assertThatThrownBy(() -> function.handleRequest(event(Map.of()), new TestContext()))
        .hasMessageContaining("was never deployed to schema kept_in_order");
    TestMigrations migrations = new TestMigrations(stipend.database.url(), directory);
    assertThat(migrations.pack("ai-agent-system", "kept_in_order", "deploy").exitCode()).isZero();
    Map<String, Object> answer = function.handleRequest(event(Map.of()), new TestContext());
    assertThat(answer).containsEntry("outcome", "done").containsEntry("exitCode", 0);
    assertThat((List<?>) answer.get("tasks")).hasSize(4);
    assertThat(function.handleRequest(event(Map.of("dry-run", true)), new TestContext()))
        .containsEntry("outcome", "nothing-to-do");
    assertThat(stipend.maintain("maintain")).containsEntry("problems", List.of());
  }

  @Test
  void whatIsWrongWithARequestIsNamed(Stipend stipend) {
    MaintainLedgerFunction function = new MaintainLedgerFunction(stipend.context);
    assertThatThrownBy(
            () -> function.handleRequest(event(Map.of("tables", "x")), new TestContext()))
        .hasMessageContaining("tables is not a field of the maintenance of a pack");
    assertThatThrownBy(
            () ->
                function.handleRequest(
                    event(Map.of("verb", "import-user-data")), new TestContext()))
        .hasMessageContaining("verb must be maintain, migrate-legacy-data or cleanup-old-data");
  }

  private static Map<String, Object> event(Map<String, Object> more) {
    Map<String, Object> event = new HashMap<>();
    event.put("verb", "maintain");
    event.put("pack", "ai-agent-system");
    event.put("schema", "kept_in_order");
    event.putAll(more);
    return event;
  }
}
