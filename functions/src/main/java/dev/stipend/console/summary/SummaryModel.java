package dev.stipend.console.summary;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.summary.SummaryFrequency;
import dev.stipend.report.summary.SummarySchedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A schedule of summaries, in words.
///
/// @param when such as `every Monday at 9:00`
/// @param channels where they go; none for the workspace's default channels
/// @param error why none can be written; empty where one can be
public record SummaryModel(
    String id,
    String when,
    String zone,
    List<String> channels,
    Shown next,
    Optional<Shown> last,
    String by,
    Optional<String> error) {
  static SummaryModel of(SummarySchedule schedule, Map<UUID, String> names, ConsoleText text) {
    ZoneId zone = zone(schedule);
    return new SummaryModel(
        schedule.id().toString(),
        when(schedule, text),
        schedule.timeZone(),
        schedule.channels().stream().map(id -> names.getOrDefault(id, id.toString())).toList(),
        text.time(schedule.nextAt(), zone),
        schedule.lastAt().map(at -> text.time(at, zone)),
        schedule.createdBy(),
        schedule.error());
  }

  private static String when(SummarySchedule schedule, ConsoleText text) {
    String hour = "%d:00".formatted(schedule.hour());
    return schedule.every().equals(Labels.of(SummaryFrequency.WEEKLY))
        ? text.say("summaries.each-week", day(DayOfWeek.of(schedule.weekday()), text), hour)
        : text.say("summaries.each-day", hour);
  }

  static String day(DayOfWeek day, ConsoleText text) {
    return day.getDisplayName(TextStyle.FULL, Locale.forLanguageTag(text.language()));
  }

  private static ZoneId zone(SummarySchedule schedule) {
    try {
      return ZoneId.of(schedule.timeZone());
    } catch (DateTimeException unknown) {
      return ZoneId.of("UTC");
    }
  }
}
