package dev.stipend.report.summary;

import dev.stipend.budget.edit.ChannelIds;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Workspace;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads schedules of summaries that somebody asks for, whatever door they ask at.
public final class SummaryRequest {
  private static final int MOST_CHANNELS = 20;
  private static final long LAST_HOUR = 23;

  private static final int USUAL_HOUR = 9;

  private SummaryRequest() {}

  /// What is wished for.
  public record Wanted(SummaryTimes times, List<UUID> channels) {}

  /// Reads a schedule from a request.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException naming every field that is wrong
  public static Wanted read(@Nullable Object json, Workspace workspace) {
    JsonFields fields = JsonFields.of(json);
    fields.require("every");
    SummaryFrequency every =
        fields
            .oneOf("every", Labels.choices(SummaryFrequency.class))
            .orElse(SummaryFrequency.DAILY);
    if (every == SummaryFrequency.DAILY && fields.any("weekday").isPresent()) {
      fields.error("weekday", "is only for weekly summaries");
    }
    SummaryTimes times =
        new SummaryTimes(
            every,
            fields.oneOf("weekday", Labels.choices(DayOfWeek.class)).orElse(DayOfWeek.MONDAY),
            fields.whole("hour", 0, LAST_HOUR).map(Long::intValue).orElse(USUAL_HOUR),
            fields.zone("timeZone").orElseGet(() -> ZoneId.of(workspace.timeZone())));
    List<UUID> channels = ChannelIds.read(fields, "channels", MOST_CHANNELS);
    fields.refuseUnknown();
    fields.check();
    return new Wanted(times, channels);
  }
}
