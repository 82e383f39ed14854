package dev.stipend.console.silence;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.SilenceMatcher;
import dev.stipend.platform.json.Labels;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A silence, in words.
///
/// @param matters what it is about, part by part
/// @param state whether it holds, is to come or is over
/// @param canEnd whether there is anything to end
public record SilenceModel(
    String id,
    List<String> matters,
    String state,
    String tone,
    Shown from,
    Shown until,
    String reason,
    String by,
    boolean canEnd) {
  /// What budgets and channels are called, by their ids.
  record Names(Map<UUID, String> budgets, Map<UUID, String> channels) {}

  static SilenceModel of(Silence silence, Names names, ZoneId zone, ConsoleText text, Instant now) {
    boolean isOver = !now.isBefore(silence.until());
    boolean isActive = silence.isActive(now);
    return new SilenceModel(
        silence.id().toString(),
        matters(silence.matcher(), names, text),
        text.say("silences.state." + (isActive ? "active" : isOver ? "over" : "coming")),
        isActive ? "risk" : "",
        text.time(silence.from(), zone),
        text.time(silence.until(), zone),
        silence.reason(),
        silence.createdBy(),
        !isOver);
  }

  private static List<String> matters(SilenceMatcher matcher, Names names, ConsoleText text) {
    List<String> matters = new ArrayList<>();
    matcher.scope().ifPresent(scope -> matters.add(text.name("scope", Labels.of(scope))));
    matcher.scopeId().ifPresent(id -> matters.add(text.say("silences.id.of", id)));
    matcher
        .budgetId()
        .ifPresent(
            id ->
                matters.add(
                    text.say(
                        "silences.budget.of", names.budgets().getOrDefault(id, id.toString()))));
    matcher
        .channelId()
        .ifPresent(
            id ->
                matters.add(
                    text.say(
                        "silences.channel.of", names.channels().getOrDefault(id, id.toString()))));
    return matters;
  }
}
