package dev.stipend.budget.edit;

import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.money.Money;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Caller;
import dev.stipend.time.Cadence;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import dev.stipend.time.TotalCadence;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads a budget that somebody asks for, whatever door they ask at.
public final class BudgetRequest {
  static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 200;
  static final int MOST_CHANNELS = 20;

  private final JsonFields fields;
  private final Caller caller;
  private final Instant now;

  private BudgetRequest(JsonFields fields, Caller caller, Instant now) {
    this.fields = fields;
    this.caller = caller;
    this.now = now;
  }

  /// Reads every field, and checks them together.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public static NewBudget read(@Nullable Object json, Caller caller, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require("name");
    return proposed(fields, caller, now);
  }

  /// The same of a budget that is not to be saved, and needs no name.
  public static NewBudget proposed(JsonFields fields, Caller caller, Instant now) {
    List.of("limitAmount", "period", "scope").forEach(fields::require);
    BudgetRequest request = new BudgetRequest(fields, caller, now);
    Scope scope = fields.oneOf("scope", Labels.choices(Scope.class)).orElse(Scope.WORKSPACE);
    NewBudget budget =
        new NewBudget(
            fields.name("name", LONGEST_NAME).orElse(""),
            scope,
            request.scopeId(scope),
            limit(fields).orElse(Money.ZERO),
            request.cadence(),
            ThresholdsRequest.read(fields),
            fields.bool("hardLimit").orElse(false),
            fields.oneOf("onFailure", Labels.choices(OnFailure.class)).orElse(OnFailure.CLOSED),
            request.channels(),
            caller.actor(),
            Optional.empty());
    fields.refuseUnknown();
    fields.check();
    return budget;
  }

  static Optional<Money> limit(JsonFields fields) {
    Optional<Money> limit = fields.money("limitAmount");
    if (limit.filter(Money::isNegative).isPresent()) {
      fields.error("limitAmount", "must not be negative");
    }
    return limit;
  }

  private String scopeId(Scope scope) {
    Optional<String> given = fields.text("scopeId", LONGEST_ID);
    return switch (scope) {
      case WORKSPACE -> {
        String slug = caller.workspace().slug();
        if (given.filter(id -> !id.equals(slug)).isPresent()) {
          fields.error("scopeId", "must be left out, or be " + slug + ", the workspace itself");
        }
        yield slug;
      }
      case USER ->
          given
              .or(caller::userId)
              .orElseGet(() -> missing("is required, because your key belongs to no user"));
      case TAG -> {
        String id = given.orElseGet(() -> missing("is required: key=value, key=* or *"));
        if (!id.equals(Scope.EACH) && id.indexOf('=') < 1) {
          fields.error("scopeId", "must be key=value, key=* for each value, or * for each label");
        }
        yield id;
      }
      default -> given.orElseGet(() -> missing("is required; * means each"));
    };
  }

  private String missing(String message) {
    fields.error("scopeId", message);
    return "";
  }

  private Cadence cadence() {
    PeriodKind kind =
        fields.oneOf("period", Labels.choices(PeriodKind.class)).orElse(PeriodKind.MONTHLY);
    ZoneId zone = fields.zone("timeZone").orElse(ZoneId.of(caller.workspace().timeZone()));
    Optional<DayOfWeek> weekStart = fields.oneOf("weekStart", Labels.choices(DayOfWeek.class));
    Optional<Long> anchorDay = fields.whole("anchorDay", 1, 31);
    Optional<Long> anchorMonth = fields.whole("anchorMonth", 1, 12);
    Optional<Instant> startsAt = fields.instant("startsAt");
    Optional<Instant> endsAt = fields.instant("endsAt");
    if (kind != PeriodKind.TOTAL) {
      startsAt.ifPresent(at -> fields.error("startsAt", "is only for period total"));
      endsAt.ifPresent(at -> fields.error("endsAt", "is only for period total"));
      return new CalendarCadence(
          kind,
          zone,
          weekStart.orElse(DayOfWeek.MONDAY),
          anchorDay.orElse(1L).intValue(),
          anchorMonth.orElse(1L).intValue());
    }
    Instant start = startsAt.orElse(now).truncatedTo(ChronoUnit.MICROS);
    Instant end = endsAt.orElse(Period.FOREVER).truncatedTo(ChronoUnit.MICROS);
    if (!start.isBefore(end)) {
      fields.error("endsAt", "must be after startsAt");
      return new TotalCadence(zone, new Period(now, Period.FOREVER));
    }
    return new TotalCadence(zone, new Period(start, end));
  }

  private List<UUID> channels() {
    return ChannelIds.read(fields, "channels", MOST_CHANNELS);
  }
}
