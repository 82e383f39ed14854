package dev.stipend.http.openapi.schema;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A budget to create.
///
/// @param name for people
/// @param limitAmount what may be spent in a period; a number or a text
/// @param period how long one lasts
/// @param scope what is counted
/// @param scopeId the id that is counted, `*` for each apart, `key=value` for a tag; without one,
///     the workspace itself, or the user of your key
/// @param hardLimit whether requests beyond the limit are denied
/// @param alertAt percents of the limit, or a single one; 80 and 100 if nothing is said
/// @param timeZone IANA zone of the calendar; the workspace's if nothing is said
/// @param weekStart first day of a week; monday if nothing is said
/// @param anchorDay first day of a month, 1 if nothing is said
/// @param anchorMonth first month of a year, 1 if nothing is said
/// @param thresholds lines with more to each; instead of `alertAt`
/// @param channels whom to tell, by id or name; the workspace's own if nothing is said
/// @param onFailure what a hard limit does when the database does not answer
/// @param startsAt start of a period `total`
/// @param endsAt end of a period `total`
@Schema(
    example =
        """
        {"name":"Research agents","limitAmount":"250.00","period":"monthly","scope":"agent",
        "scopeId":"researcher","hardLimit":true,"alertAt":[50,80,100],"timeZone":"Europe/Berlin"}
        """)
public record BudgetBody(
    String name,
    @Schema(type = "string", format = "decimal") BigDecimal limitAmount,
    @Schema(
            type = "string",
            allowableValues = {
              "hourly",
              "daily",
              "weekly",
              "monthly",
              "quarterly",
              "yearly",
              "total"
            })
        String period,
    @Schema(
            type = "string",
            allowableValues = {
              "workspace",
              "user",
              "team",
              "agent",
              "workflow",
              "provider",
              "model",
              "tag"
            })
        String scope,
    @Nullable String scopeId,
    @Nullable Boolean hardLimit,
    @Nullable List<BigDecimal> alertAt,
    @Nullable String timeZone,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {
              "monday",
              "tuesday",
              "wednesday",
              "thursday",
              "friday",
              "saturday",
              "sunday"
            })
        String weekStart,
    @Nullable @Schema(minimum = "1", maximum = "31") Integer anchorDay,
    @Nullable @Schema(minimum = "1", maximum = "12") Integer anchorMonth,
    @Nullable List<ThresholdBody> thresholds,
    @Nullable List<String> channels,
    @Nullable
        @Schema(
            type = "string",
            allowableValues = {"open", "closed"})
        String onFailure,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt) {}
