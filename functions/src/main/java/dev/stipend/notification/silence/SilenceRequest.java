package dev.stipend.notification.silence;

import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.Scope;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.json.Until;
import dev.stipend.platform.web.Ids;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads silences that somebody asks for, and edits of them, whatever door they ask at.
@Singleton
public final class SilenceRequest {
  private static final int LONGEST_ID = 200;
  private static final int LONGEST_REASON = 500;
  private static final int UUID_LENGTH = 36;

  private final BudgetCatalog budgets;
  private final ChannelRegister channels;

  SilenceRequest(BudgetCatalog budgets, ChannelRegister channels) {
    this.budgets = budgets;
    this.channels = channels;
  }

  /// Reads a silence from a request.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public NewSilence read(@Nullable Object json, Workspace workspace, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require(Until.FIELD);
    fields.require("reason");
    SilenceMatcher matcher = matcher(fields, workspace);
    if (matcher.isEmpty()) {
      fields.error(
          "scope", "is required, or scopeId, budgetId or channelId, to say what is silenced");
    }
    ZoneId zone = zone(matcher, workspace);
    Optional<Instant> until = Until.future(fields, zone, now);
    return read(fields, matcher, zone, now, until.orElse(Period.FOREVER), "", workspace, now);
  }

  /// Reads an edit: what it does not name stays. A part of the matcher replaces that part.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public NewSilence readEdit(
      @Nullable Object json, Silence before, Workspace workspace, Instant now) {
    JsonFields fields = JsonFields.of(json);
    SilenceMatcher named = matcher(fields, workspace);
    SilenceMatcher old = before.matcher();
    SilenceMatcher matcher =
        new SilenceMatcher(
            named.scope().or(old::scope),
            named.scopeId().or(old::scopeId),
            named.budgetId().or(old::budgetId),
            named.channelId().or(old::channelId));
    ZoneId zone = zone(matcher, workspace);
    Instant until =
        Until.near(fields, Until.FIELD, fields.end(Until.FIELD, zone), now).orElse(before.until());
    return read(fields, matcher, zone, before.from(), until, before.reason(), workspace, now);
  }

  private static NewSilence read(
      JsonFields fields,
      SilenceMatcher matcher,
      ZoneId zone,
      Instant usualFrom,
      Instant until,
      String usualReason,
      Workspace workspace,
      Instant now) {
    if (matcher.isOfWorkspace()
        && matcher.scopeId().filter(id -> !id.equals(workspace.slug())).isPresent()) {
      fields.error("scopeId", "must be left out: scope workspace silences the whole workspace");
    }
    NewSilence silence =
        new NewSilence(
            matcher,
            Until.near(fields, "from", fields.start("from", zone), now).orElse(usualFrom),
            until,
            fields.text("reason", LONGEST_REASON).orElse(usualReason));
    if (!silence.from().isBefore(silence.until())) {
      fields.error(Until.FIELD, "must be after from");
    }
    fields.refuseUnknown();
    fields.check();
    return silence;
  }

  /// The days of a budget's silence are the budget's, those of all others the workspace's.
  private ZoneId zone(SilenceMatcher matcher, Workspace workspace) {
    return matcher
        .budgetId()
        .flatMap(id -> budgets.find(workspace.id(), id))
        .map(budget -> budget.cadence().zone())
        .orElseGet(() -> ZoneId.of(workspace.timeZone()));
  }

  private SilenceMatcher matcher(JsonFields fields, Workspace workspace) {
    return new SilenceMatcher(
        fields.oneOf("scope", Labels.choices(Scope.class)),
        fields.text("scopeId", LONGEST_ID),
        known(
            fields,
            "budgetId",
            "must be the id of a budget of this workspace",
            id -> budgets.findStored(workspace.id(), id).isPresent()),
        known(
            fields,
            "channelId",
            "must be the id or the name of a channel of this workspace",
            id -> channels.find(workspace.id(), id).isPresent()));
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
