package dev.stipend.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.PeriodKind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScopePairTest {
  private static final Workspace WORKSPACE =
      new Workspace(new UUID(0, 1), "default", "Default", "USD", "UTC", "en");
  private static final Attribution NOBODY = new Attribution("", "", "", "", "", "");

  @Test
  void anEventThatTellsNothingCountsForItsWorkspaceOnly() {
    assertThat(ScopePair.of(WORKSPACE, NOBODY, Map.of()))
        .containsExactly(new ScopePair(Scope.WORKSPACE, "default", "default"));
  }

  @Test
  void anEventCountsForEveryIdItTellsAndForTheBudgetsThatMeanEach() {
    Attribution who = new Attribution("ada", "bot", "nightly", "research", "acme", "large-1");
    assertThat(ScopePair.of(WORKSPACE, who, Map.of()))
        .containsExactlyInAnyOrder(
            new ScopePair(Scope.WORKSPACE, "default", "default"),
            new ScopePair(Scope.USER, "ada", "ada"),
            new ScopePair(Scope.USER, "*", "ada"),
            new ScopePair(Scope.AGENT, "bot", "bot"),
            new ScopePair(Scope.AGENT, "*", "bot"),
            new ScopePair(Scope.WORKFLOW, "nightly", "nightly"),
            new ScopePair(Scope.WORKFLOW, "*", "nightly"),
            new ScopePair(Scope.TEAM, "research", "research"),
            new ScopePair(Scope.TEAM, "*", "research"),
            new ScopePair(Scope.PROVIDER, "acme", "acme"),
            new ScopePair(Scope.PROVIDER, "*", "acme"),
            new ScopePair(Scope.MODEL, "large-1", "large-1"),
            new ScopePair(Scope.MODEL, "*", "large-1"));
  }

  @Test
  void aLabelCountsForItselfForEachValueOfItsKeyAndForEachLabel() {
    assertThat(ScopePair.of(WORKSPACE, NOBODY, Map.of("project", "x=y")))
        .containsExactlyInAnyOrder(
            new ScopePair(Scope.WORKSPACE, "default", "default"),
            new ScopePair(Scope.TAG, "project=x=y", "project=x=y"),
            new ScopePair(Scope.TAG, "project=*", "project=x=y"),
            new ScopePair(Scope.TAG, "*", "project=x=y"));
  }

  @Test
  void anIdThatLooksLikeEachIsCountedOnce() {
    Attribution star = new Attribution("*", "*", "*", "*", "*", "*");
    assertThat(ScopePair.of(WORKSPACE, star, Map.of("project", "*")))
        .hasSize(9)
        .doesNotHaveDuplicates()
        .contains(
            new ScopePair(Scope.USER, "*", "*"),
            new ScopePair(Scope.TAG, "project=*", "project=*"));
  }

  @ParameterizedTest
  @CsvSource({
    "USER, *, true",
    "USER, ada, false",
    "USER, project=*, false",
    "MODEL, **, false",
    "TAG, *, true",
    "TAG, project=*, true",
    "TAG, project=x, false",
    "TAG, project=x=*, false",
    "TAG, project=**, false"
  })
  void aBudgetIsForEachExactlyWhenItsIdSaysSo(Scope scope, String scopeId, boolean each) {
    assertThat(budget(scope, scopeId).isEach()).isEqualTo(each);
  }

  private static Budget budget(Scope scope, String scopeId) {
    return new Budget(
        WORKSPACE.id(),
        new UUID(0, 2),
        "Research",
        scope,
        scopeId,
        Money.ZERO,
        Optional.empty(),
        new CalendarCadence(PeriodKind.DAILY, ZoneOffset.UTC, DayOfWeek.MONDAY, 1, 1),
        List.of(),
        false,
        OnFailure.CLOSED,
        BudgetStatus.ACTIVE,
        1,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
