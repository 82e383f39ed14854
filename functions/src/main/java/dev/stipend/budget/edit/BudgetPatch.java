package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Threshold;
import dev.stipend.money.Money;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads an edit of a budget, whatever door it comes by. A field that is absent or null stays as it
/// is, but an end that is null is taken away.
///
/// @param channels see {@link BudgetTerms}
/// @param endless whether the budget shall have no end
public record BudgetPatch(
    Optional<String> name,
    Optional<Money> limit,
    Optional<List<Threshold>> thresholds,
    Optional<List<UUID>> channels,
    Optional<Boolean> hardLimit,
    Optional<OnFailure> onFailure,
    Optional<BudgetStatus> status,
    Optional<Instant> endsAt,
    boolean endless,
    Instant now)
    implements BudgetEdit.Change {
  /// What stays as it is.
  public static final List<String> FIXED =
      List.of(
          "period",
          "scope",
          "scopeId",
          "timeZone",
          "weekStart",
          "anchorDay",
          "anchorMonth",
          "startsAt");
  private static final Map<String, BudgetStatus> STATUSES =
      Map.of("active", BudgetStatus.ACTIVE, "paused", BudgetStatus.PAUSED);

  /// Reads every field, and checks them together.
  ///
  /// @throws InvalidJsonException naming every field that is wrong
  public static BudgetPatch read(@Nullable Object json, Instant now) {
    JsonFields fields = JsonFields.of(json);
    BudgetPatch patch =
        new BudgetPatch(
            fields.name("name", BudgetRequest.LONGEST_NAME),
            BudgetRequest.limit(fields),
            ThresholdsRequest.given(fields),
            fields.any("channels").isPresent()
                ? Optional.of(ChannelIds.read(fields, "channels", BudgetRequest.MOST_CHANNELS))
                : Optional.empty(),
            fields.bool("hardLimit"),
            fields.oneOf("onFailure", Labels.choices(OnFailure.class)),
            status(fields),
            fields.instant("endsAt").map(end -> end.truncatedTo(ChronoUnit.MICROS)),
            fields.isNull("endsAt"),
            now);
    for (String name : FIXED) {
      if (fields.any(name).isPresent()) {
        fields.error(
            name, "cannot be changed: it decides which usage counts; make a new budget instead");
      }
    }
    fields.refuseUnknown();
    fields.check();
    return patch;
  }

  private static Optional<BudgetStatus> status(JsonFields fields) {
    if (fields.any("status").filter("archived"::equals).isPresent()) {
      fields.error("status", "must be one of active, paused; DELETE archives a budget");
      return Optional.empty();
    }
    return fields.oneOf("status", STATUSES);
  }

  @Override
  public BudgetTerms of(Budget budget, BudgetTerms terms) {
    Optional<Instant> end = endless ? Optional.empty() : endsAt.or(terms::endsAt);
    if (!end.equals(terms.endsAt())) {
      checkEnd(budget, end);
    }
    return new BudgetTerms(
        name.orElse(terms.name()),
        limit.orElse(terms.limit()),
        thresholds.orElse(terms.thresholds()),
        channels.orElse(terms.channels()),
        hardLimit.orElse(terms.hardLimit()),
        onFailure.orElse(terms.onFailure()),
        status.orElse(terms.status()),
        end,
        terms.increase(),
        terms.subjectIncreases());
  }

  private void checkEnd(Budget budget, Optional<Instant> wanted) {
    if (!(budget.cadence() instanceof TotalCadence total)) {
      throw new InvalidJsonException("endsAt", "is only for period total");
    }
    if (total.period().hasEnded(now)) {
      throw new InvalidJsonException(
          "endsAt", "cannot be changed: the budget's period is over; make a new budget instead");
    }
    boolean fits =
        wanted.stream()
            .allMatch(
                end ->
                    end.isAfter(now)
                        && end.isAfter(total.period().start())
                        && end.isBefore(Period.FOREVER));
    if (!fits) {
      throw new InvalidJsonException(
          "endsAt",
          "must be in the future, after startsAt, and before %s; or null for no end"
              .formatted(Period.FOREVER));
    }
  }
}
