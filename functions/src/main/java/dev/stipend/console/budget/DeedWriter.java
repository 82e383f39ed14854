package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Increase;
import dev.stipend.budget.edit.IncreaseReasons;
import dev.stipend.budget.edit.LimitIncrease;
import dev.stipend.console.form.Wrong;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.SilenceMatcher;
import dev.stipend.notification.silence.Silences;
import dev.stipend.platform.json.FieldError;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts into words what can be done with a budget for a time, and what was.
@Singleton
class DeedWriter {
  private static final int MOST_SHOWN = 50;

  private final Silences silences;
  private final IncreaseReasons reasons;

  DeedWriter(Silences silences, IncreaseReasons reasons) {
    this.silences = silences;
    this.reasons = reasons;
  }

  /// The forms as a page that was just opened has them.
  ///
  /// @param subject whom the page is about, of a budget that counts each id apart; empty for all
  Deeds of(
      Budget budget, Optional<String> subject, ConsoleText text, String currency, Instant now) {
    return of(budget, subject, DeedForm.EMPTY, List.of(), text, currency, now);
  }

  /// @param subject whom the page is about, of a budget that counts each id apart; empty for all
  /// @param form what was sent
  /// @param errors what is wrong with it
  Deeds of(
      Budget budget,
      Optional<String> subject,
      DeedForm form,
      List<FieldError> errors,
      ConsoleText text,
      String currency,
      Instant now) {
    ZoneId zone = budget.cadence().zone();
    Optional<String> whose = subject.filter(any -> budget.isEach());
    return new Deeds(
        whose.orElse(""),
        budget.status() == BudgetStatus.ACTIVE,
        LimitIncrease.reset(budget, now).map(at -> text.time(at, zone)),
        currency,
        zone.getId(),
        budget.isEach(),
        raised(budget, whose, text, currency, now),
        silences.activeOf(budget.workspaceId(), budget.id(), now, MOST_SHOWN).stream()
            .filter(silence -> isAbout(silence.matcher(), whose))
            .map(silence -> silenced(silence, zone, text))
            .toList(),
        form,
        wrong(form, errors, text));
  }

  private List<Deeds.Raised> raised(
      Budget budget, Optional<String> whose, ConsoleText text, String currency, Instant now) {
    Map<String, Increase> running = new HashMap<>();
    budget.increase().ifPresent(higher -> running.put("", higher));
    budget
        .subjectIncreases()
        .forEach(
            (subject, higher) -> {
              if (whose.isEmpty() || whose.get().equals(subject)) {
                running.put(subject, higher);
              }
            });
    running.values().removeIf(higher -> !now.isBefore(higher.until()));
    if (running.isEmpty()) {
      return List.of();
    }
    Map<String, String> why = reasons.of(budget);
    ZoneId zone = budget.cadence().zone();
    return running.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST_SHOWN)
        .map(
            entry ->
                new Deeds.Raised(
                    entry.getKey(),
                    text.amount(entry.getValue().limit(), currency),
                    text.time(entry.getValue().until(), zone),
                    why.getOrDefault(entry.getKey(), "")))
        .toList();
  }

  /// Whether a silence is about this id of the budget too.
  private static boolean isAbout(SilenceMatcher matcher, Optional<String> whose) {
    return whose.isEmpty() || matcher.scopeId().isEmpty() || matcher.scopeId().equals(whose);
  }

  private static Deeds.Silenced silenced(Silence silence, ZoneId zone, ConsoleText text) {
    return new Deeds.Silenced(
        silence.id().toString(),
        silence.matcher().scopeId().orElse(""),
        text.time(silence.until(), zone),
        silence.reason(),
        silence.createdBy());
  }

  /// The fields of the API are those of two forms.
  private static Wrong wrong(DeedForm form, List<FieldError> errors, ConsoleText text) {
    String which = form.fields().containsKey("silence-until") ? "silence-" : "raise-";
    Map<String, String> wrong = new HashMap<>();
    for (FieldError error : errors) {
      String field =
          switch (error.field()) {
            case "until", "reason" -> which + error.field();
            case "limitAmount" -> "amount";
            default -> error.field();
          };
      String name = field.replaceFirst("^(raise|silence)-", "");
      wrong.merge(
          field,
          (text.has("deeds." + name) ? text.say("deeds." + name) : name) + " " + error.message(),
          (first, more) -> first + "; " + more);
    }
    return new Wrong(wrong);
  }
}
