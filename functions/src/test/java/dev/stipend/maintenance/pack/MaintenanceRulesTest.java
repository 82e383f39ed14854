package dev.stipend.maintenance.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.migration.files.Pack;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MaintenanceRulesTest {
  @Test
  void everyPackIsRead() {
    assertThat(Pack.names().stream().filter(name -> MaintenanceRules.of(name).isPresent()))
        .containsExactly("agents-platform", "ai-agent-system");
    MaintenanceRules rules = MaintenanceRules.of("ai-agent-system").orElseThrow();
    assertThat(rules.archive())
        .extracting(rule -> rule.table() + " " + rule.by() + " " + rule.days())
        .containsExactlyInAnyOrder(
            "audit_logs created_at 90",
            "usage_logs created_at 90",
            "performance_metrics created_at 365",
            "system_metrics recorded_at 365");
    assertThat(rules.scripts()).hasSize(3);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("all", "maintenance must have fields, not be all"),
        Arguments.of(Map.of("reindx", List.of()), "maintenance.reindx is unknown; there are"),
        Arguments.of(Map.of("reindex", "users"), "maintenance.reindex must be a list, not users"),
        Arguments.of(
            Map.of("reindex", List.of("a; DROP")), "maintenance.reindex must be a name, not a;"),
        Arguments.of(Map.of("statistics", "yes"), "maintenance.statistics must be true or false"),
        Arguments.of(
            Map.of("archive", Map.of("logs", Map.of("by", "at"))),
            "maintenance.archive.logs.days must be a whole number of days, not null"),
        Arguments.of(
            Map.of("archive", Map.of("logs", Map.of("by", "at", "days", 0))),
            "maintenance.archive.logs.days must be a whole number of days, not 0"),
        Arguments.of(
            Map.of("archive", Map.of("logs", Map.of("days", 9))),
            "maintenance.archive.logs.by must be a name, not null"),
        Arguments.of(
            Map.of("archive", Map.of("logs", Map.of("age", 9))),
            "maintenance.archive.logs.age is unknown; there are by, days, only"),
        Arguments.of(
            Map.of("clean-up", Map.of("t", Map.of("by", "at", "days", 9, "only", Map.of("s", 1)))),
            "maintenance.clean-up.t.only.s must be a list, not 1"),
        Arguments.of(Map.of("scripts", List.of("rm")), "maintenance.scripts must name some of"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongIsNamed(Object described, String why) {
    assertThatThrownBy(() -> MaintenanceRules.read("p", described))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("pack.yaml of p, " + why);
  }
}
