package dev.stipend.api;

import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.Scope;
import dev.stipend.json.JsonFields;
import dev.stipend.json.Labels;
import dev.stipend.notify.ChannelRegister;
import dev.stipend.notify.NewSilence;
import dev.stipend.notify.Silence;
import dev.stipend.notify.SilenceMatcher;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests that make and edit silences.
@Singleton
final class SilenceRequest {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_REASON = 500;
  private static final int UUID_LENGTH = 36;
  private static final Duration FARTHEST = Duration.ofDays(366);

  private final BudgetCatalog budgets;
  private final ChannelRegister channels;

  SilenceRequest(BudgetCatalog budgets, ChannelRegister channels) {
    this.budgets = budgets;
    this.channels = channels;
  }

  /// @throws dev.stipend.json.InvalidJsonException naming every field that is wrong
  NewSilence read(@Nullable Object json, UUID workspace, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require("until");
    fields.require("reason");
    SilenceMatcher matcher = matcher(fields, workspace);
    if (matcher.isEmpty()) {
      fields.error("scope", "is required, or scopeId, budgetId or channelId: what is to be silent");
    }
    NewSilence silence = read(fields, matcher, now, now.plus(FARTHEST), "", now);
    if (!silence.until().isAfter(now)) {
      fields.error("until", "must be in the future");
    }
    fields.refuseUnknown();
    fields.check();
    return silence;
  }

  /// Reads an edit: what it does not name stays. A part of the matcher replaces that part.
  ///
  /// @throws dev.stipend.json.InvalidJsonException naming every field that is wrong
  NewSilence readEdit(@Nullable Object json, Silence before, Instant now) {
    JsonFields fields = JsonFields.of(json);
    SilenceMatcher named = matcher(fields, before.workspaceId());
    SilenceMatcher old = before.matcher();
    SilenceMatcher matcher =
        new SilenceMatcher(
            named.scope().or(old::scope),
            named.scopeId().or(old::scopeId),
            named.budgetId().or(old::budgetId),
            named.channelId().or(old::channelId));
    NewSilence silence = read(fields, matcher, before.from(), before.until(), before.reason(), now);
    fields.refuseUnknown();
    fields.check();
    return silence;
  }

  private static NewSilence read(
      JsonFields fields,
      SilenceMatcher matcher,
      Instant usualFrom,
      Instant usualUntil,
      String usualReason,
      Instant now) {
    NewSilence silence =
        new NewSilence(
            matcher,
            near(fields, "from", now).orElse(usualFrom),
            near(fields, "until", now).orElse(usualUntil),
            fields.text("reason", LONGEST_REASON).orElse(usualReason));
    if (!silence.from().isBefore(silence.until())) {
      fields.error("until", "must be after from");
    }
    return silence;
  }

  private static Optional<Instant> near(JsonFields fields, String name, Instant now) {
    Optional<Instant> at = fields.instant(name);
    at.filter(time -> Duration.between(now, time).abs().compareTo(FARTHEST) > 0)
        .ifPresent(far -> fields.error(name, "must be within a year from now"));
    return at;
  }

  private SilenceMatcher matcher(JsonFields fields, UUID workspace) {
    return new SilenceMatcher(
        fields.oneOf("scope", Labels.choices(Scope.class)),
        fields.text("scopeId", LONGEST_ID),
        known(
            fields,
            "budgetId",
            "must be the id of a budget of this workspace",
            id -> budgets.findStored(workspace, id).isPresent()),
        known(
            fields,
            "channelId",
            "must be the id of a channel of this workspace",
            id -> channels.find(workspace, id).isPresent()));
  }

  private static Optional<UUID> known(
      JsonFields fields, String name, String form, Predicate<UUID> isKnown) {
    Optional<String> text = fields.text(name, UUID_LENGTH);
    Optional<UUID> id = text.flatMap(Ids::parse).filter(isKnown);
    if (text.isPresent() && id.isEmpty()) {
      fields.error(name, form);
    }
    return id;
  }
}
