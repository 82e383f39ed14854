package dev.stipend.console.editor;

import dev.stipend.budget.Budget;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import dev.stipend.budget.ThresholdKind;
import dev.stipend.console.form.Choice;
import dev.stipend.console.form.Wrong;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.PeriodKind;
import dev.stipend.time.TotalCadence;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts the editor into words.
///
/// @param currency of the workspace
/// @param channels of the workspace
record EditorWriter(ConsoleText text, String currency, List<ChannelRecord> channels) {
  private static final String PREFIX = "editor.";

  /// What the form of a budget is filled with besides.
  ///
  /// @param budget empty for a new one
  /// @param once see {@link EditorModel}
  /// @param errors what is wrong with what was sent
  record Page(
      Optional<Budget> budget,
      String once,
      int version,
      BudgetForm form,
      List<FieldError> errors,
      Optional<Preview> preview,
      Optional<EditorModel.Conflict> conflict) {}

  EditorModel write(Page page) {
    Map<String, String> wrong = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    for (FieldError error : page.errors()) {
      String place = page.form().place(error.field());
      String field = place.replaceFirst("-\\d+$", "");
      if (text.has(PREFIX + field)) {
        wrong.merge(
            place,
            text.say(PREFIX + field) + " " + error.message(),
            (first, more) -> first + "; " + more);
      } else {
        others.add(error.toString());
      }
    }
    return new EditorModel(
        page.budget().map(budget -> budget.id().toString()).orElse(""),
        page.once(),
        page.version(),
        currency,
        page.budget().map(this::fixed).orElse(List.of()),
        page.budget().map(budget -> budget.cadence() instanceof TotalCadence).orElse(true),
        page.form(),
        new Wrong(wrong),
        others,
        choices(Scope.class, scope -> text.name("scope", scope)),
        choices(PeriodKind.class, kind -> text.name("period", kind)),
        Stream.of(DayOfWeek.values())
            .map(day -> new Choice(Labels.of(day), day.getDisplayName(TextStyle.FULL, locale())))
            .toList(),
        Stream.of(Month.values())
            .map(
                month ->
                    new Choice(
                        Integer.toString(month.getValue()),
                        month.getDisplayName(TextStyle.FULL_STANDALONE, locale())))
            .toList(),
        zones(),
        choices(OnFailure.class, label -> text.say("editor.on-failure." + label)),
        choices(ThresholdKind.class, label -> text.say("editor.kind." + label)),
        choices(Severity.class, label -> text.name("severity", label)),
        channels.stream().map(this::channel).toList(),
        named(page.form()),
        page.preview(),
        page.conflict());
  }

  /// The names of channels, by their ids.
  Map<UUID, String> names() {
    return channels.stream()
        .map(ChannelRecord::channel)
        .collect(Collectors.toMap(Channel::id, Channel::name));
  }

  private Map<String, String> named(BudgetForm form) {
    Map<String, String> byId =
        names().entrySet().stream()
            .collect(Collectors.toMap(each -> each.getKey().toString(), Map.Entry::getValue));
    Map<String, String> named = new HashMap<>();
    for (int row : form.rows()) {
      String to = form.value("to-" + row).strip();
      if (!to.isEmpty()) {
        named.put(
            "to-" + row,
            Stream.of(to.split(" +", -1))
                .map(id -> byId.getOrDefault(id, id))
                .collect(Collectors.joining(", ")));
      }
    }
    return named;
  }

  private List<EditorModel.Fact> fixed(Budget budget) {
    ZoneId zone = budget.cadence().zone();
    List<EditorModel.Fact> facts = new ArrayList<>();
    facts.add(fact("scope", text.name("scope", Labels.of(budget.scope()))));
    facts.add(fact("scopeId", budget.scopeId()));
    facts.add(fact("period", text.name("period", Labels.of(budget.cadence().kind()))));
    switch (budget.cadence()) {
      case CalendarCadence calendar -> {
        if (calendar.kind() == PeriodKind.WEEKLY) {
          facts.add(
              fact("weekStart", calendar.weekStart().getDisplayName(TextStyle.FULL, locale())));
        }
        if (calendar.anchorDay() > 1) {
          facts.add(fact("anchorDay", Integer.toString(calendar.anchorDay())));
        }
      }
      case TotalCadence total ->
          facts.add(
              new EditorModel.Fact(
                  text.say("editor.startsAt"), text.time(total.period().start(), zone)));
    }
    facts.add(fact("timeZone", zone.getId()));
    return facts;
  }

  private EditorModel.Fact fact(String field, String value) {
    return new EditorModel.Fact(text.say(PREFIX + field), new Shown(value, value));
  }

  private EditorModel.Channel channel(ChannelRecord found) {
    boolean isFailing = found.failingSince().isPresent();
    String health = text.say(isFailing ? "channels.failing" : "channels.works");
    return new EditorModel.Channel(
        found.channel().id().toString(),
        found.channel().name(),
        found.isDefault() ? health + ", " + text.say("channels.default") : health,
        isFailing);
  }

  private static <E extends Enum<E>> List<Choice> choices(
      Class<E> type, Function<String, String> name) {
    return Stream.of(type.getEnumConstants())
        .map(Labels::of)
        .map(label -> new Choice(label, name.apply(label)))
        .toList();
  }

  private Locale locale() {
    return Locale.forLanguageTag(text.language());
  }

  /// Zones of places, and UTC; what only machines call so is understood, too.
  private static List<String> zones() {
    return Stream.concat(
            Stream.of("UTC"),
            ZoneId.getAvailableZoneIds().stream()
                .filter(
                    id ->
                        id.matches(
                            "(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
                .sorted())
        .toList();
  }
}
