package dev.stipend.support.notification;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.alert.AlertType;
import dev.stipend.budget.Severity;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.Reason;
import dev.stipend.platform.wording.Reason.Code;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A notice about one budget: $0.80 of $1.00 on a day in Berlin, unless a test says otherwise.
public final class SampleAlert {
  private static final UUID ALERT = UUID.fromString("0199f6a0-0000-7000-8000-000000000001");
  private static final UUID BUDGET = UUID.fromString("0199f6a0-0000-7000-8000-000000000002");
  private static final Instant START = Instant.parse("2026-11-19T23:00:00Z");

  private String type = "alert.raised";
  private @Nullable String locale = "en";
  private AlertType alertType = AlertType.LIMIT_WARNING;
  private String severity = "warning";
  private String threshold = "80";
  private Reason reason = compared(Code.THRESHOLD_REACHED, "0.80", "80", "1.00");
  private @Nullable String stored;
  private String name = "Research";
  private String scope = "workspace";
  private String scopeId = "default";
  private String subject = "default";
  private boolean hardLimit;
  private boolean hasBurnDown = true;
  private String kind = "daily";
  private String zone = "Europe/Berlin";
  private Instant end = Instant.parse("2026-11-20T23:00:00Z");
  private Money spend = Money.of("0.80");
  private Money limit = Money.of("1.00");
  private Money held = Money.ZERO;
  private String currency = "USD";
  private long unpriced;
  private AlertSnapshot.@Nullable Since since;
  private AlertSnapshot.@Nullable ForecastPart forecast;
  private AlertSnapshot.@Nullable UnusualPart unusual;
  private AlertSnapshot.@Nullable StalePart stale;
  private List<AlertSnapshot.Missed> missed = List.of();
  private List<AlertSnapshot.Undelivered> undelivered = List.of();
  private List<Contributor> contributors =
      List.of(
          contributor("agent", "researcher", "0.5000001", "62.5"),
          contributor("agent", "writer", "0.30", "37.4"),
          contributor("model", "gpt-4o", "0.80", "100.0"),
          contributor("user", "alice@example.com", "0.80", "100.0"));
  private @Nullable String link =
      "https://stipend.example.com/alerts/0199f6a0-0000-7000-8000-000000000001";

  public static SampleAlert warning() {
    return new SampleAlert();
  }

  /// Spend is expected to go past the limit.
  public static SampleAlert approaching() {
    SampleAlert alert = new SampleAlert();
    alert.alertType = AlertType.APPROACHING_LIMIT;
    alert.threshold = "100";
    alert.spend = Money.of("0.62");
    alert.reason =
        compared(Code.FORECAST_REACHES, "0.62", "100", "1.00")
            .with("expected", "1.21")
            .with("low", "1.02")
            .with("high", "1.44");
    alert.forecast =
        new AlertSnapshot.ForecastPart(
            Money.of("1.21"),
            Money.of("1.02"),
            Money.of("1.44"),
            Instant.parse("2026-11-20T18:40:00Z"));
    return alert;
  }

  /// An hour cost far more than it usually does.
  public static SampleAlert unusual() {
    SampleAlert alert = new SampleAlert();
    alert.alertType = AlertType.UNUSUAL_ACTIVITY;
    alert.threshold = "300";
    alert.reason =
        Reason.of(Code.HOUR_UNUSUAL)
            .with("hour", "2026-11-20T13:00:00Z")
            .with("cost", "0.55")
            .with("usual", "0.05")
            .with("normal", "0.15");
    alert.unusual =
        new AlertSnapshot.UnusualPart(
            Instant.parse("2026-11-20T13:00:00Z"), Money.of("0.55"), Money.of("0.05"));
    return alert;
  }

  /// Nothing was recorded for longer than is usual.
  public static SampleAlert stale() {
    SampleAlert alert = new SampleAlert();
    alert.alertType = AlertType.STALE_DATA;
    alert.threshold = "200";
    alert.reason =
        Reason.of(Code.NOTHING_RECORDED)
            .with("since", "2026-11-20T11:00:00Z")
            .with("minutes", 183)
            .with("usualMinutes", 60);
    alert.stale = new AlertSnapshot.StalePart(Instant.parse("2026-11-20T11:00:00Z"), 60);
    return alert;
  }

  /// A hard limit of each user is broken, with spend in flight and without a price.
  public static SampleAlert exceeded() {
    SampleAlert alert = new SampleAlert();
    alert.alertType = AlertType.LIMIT_EXCEEDED;
    alert.severity = "critical";
    alert.threshold = "100";
    alert.reason = compared(Code.THRESHOLD_REACHED, "1040.125", "100", "1000.00");
    alert.hardLimit = true;
    alert.held = Money.of("3.5");
    alert.unpriced = 1204;
    alert.since =
        new AlertSnapshot.Since(
            Instant.parse("2026-11-20T09:12:00Z"), new BigDecimal("80"), Money.of("240.125"));
    return alert
        .of("user", "*", "alice@example.com")
        .spent("1040.125", "1000")
        .period("monthly", "America/New_York", "2026-12-01T05:00:00Z");
  }

  /// Usage that nobody could price.
  public static SampleAlert unpriced() {
    SampleAlert alert = new SampleAlert();
    alert.alertType = AlertType.UNPRICED_USAGE;
    alert.threshold = "0";
    alert.unpriced = 17;
    alert.reason = Reason.of(Code.UNPRICED_USAGE).with("requests", 17).with("spend", "0.80");
    return alert;
  }

  /// A period that is over went past the limit by what came late.
  public static SampleAlert restated() {
    SampleAlert alert = new SampleAlert();
    alert.alertType = AlertType.RESTATED;
    alert.threshold = "100";
    alert.reason =
        Reason.of(Code.PERIOD_RESTATED)
            .with("ended", "103.0")
            .with("limit", "1.00")
            .with("known", "98.0")
            .with("spend", "1.03")
            .with("before", "0.98");
    return alert.spent("1.03", "1");
  }

  /// Only a channel is tried.
  public static SampleAlert test() {
    SampleAlert alert = new SampleAlert();
    alert.type = "alert.test";
    alert.severity = "info";
    alert.reason = Reason.of(Code.CHANNEL_TEST).with("actor", "ana").with("channel", "Ops");
    alert.contributors = List.of();
    return alert.withoutBurnDown();
  }

  public static SampleAlert recovered() {
    SampleAlert alert = new SampleAlert();
    alert.type = "alert.recovered";
    alert.reason = compared(Code.BELOW_THRESHOLD, "0.80", "80", "2.00");
    return alert.spent("0.80", "2.00");
  }

  public static Contributor contributor(String dimension, String id, String spend, String share) {
    return new Contributor(dimension, id, Money.of(spend), new BigDecimal(share));
  }

  /// The workspace's people speak this.
  public SampleAlert speaking(@Nullable String tag) {
    locale = tag;
    return this;
  }

  /// The period is too young for a picture.
  public SampleAlert withoutBurnDown() {
    hasBurnDown = false;
    return this;
  }

  public SampleAlert named(String value) {
    name = value;
    return this;
  }

  public SampleAlert of(String newScope, String newScopeId, String newSubject) {
    scope = newScope;
    scopeId = newScopeId;
    subject = newSubject;
    return this;
  }

  public SampleAlert spent(String amount, String of) {
    spend = Money.of(amount);
    limit = Money.of(of);
    return this;
  }

  public SampleAlert holding(String amount) {
    held = Money.of(amount);
    return this;
  }

  public SampleAlert period(String newKind, String newZone, String newEnd) {
    kind = newKind;
    zone = newZone;
    end = Instant.parse(newEnd);
    return this;
  }

  private static Reason compared(Code code, String spend, String percent, String limit) {
    return Reason.of(code).with("spend", spend).with("percent", percent).with("limit", limit);
  }

  public SampleAlert because(Reason value) {
    reason = value;
    return this;
  }

  /// As an older release stored it: without a code.
  public SampleAlert because(String text) {
    stored = text;
    return this;
  }

  /// Alerts of which nobody heard.
  public SampleAlert missing(AlertSnapshot.Missed... alerts) {
    missed = List.of(alerts);
    return this;
  }

  /// It stands in for these channels.
  public SampleAlert insteadOf(AlertSnapshot.Undelivered... channels) {
    type = "alert.undelivered";
    undelivered = List.of(channels);
    return this;
  }

  public SampleAlert from(Contributor... parts) {
    contributors = List.of(parts);
    return this;
  }

  public SampleAlert linked(@Nullable String value) {
    link = value;
    return this;
  }

  public AlertSnapshot snapshot() {
    return new AlertSnapshot(
        ALERT + "." + type.substring("alert.".length()),
        type,
        Instant.parse("2026-11-20T14:03:07Z"),
        "default",
        locale,
        alert(),
        new AlertSnapshot.BudgetPart(BUDGET, name, scope, scopeId, subject, hardLimit),
        new AlertSnapshot.PeriodPart(kind, START, end, zone),
        new AlertSnapshot.SpendPart(
            spend,
            limit,
            spend.percentOf(limit),
            held,
            limit.minus(spend).minus(held),
            currency,
            42,
            unpriced),
        since,
        forecast,
        unusual,
        stale,
        null,
        contributors,
        hasBurnDown ? burnDown() : List.of(),
        missed,
        undelivered,
        Instant.parse("2026-11-20T14:03:05Z"),
        link);
  }

  private AlertSnapshot.Alert alert() {
    String text = new MessageCatalog(Locale.ENGLISH).reason(reason, currency, ZoneId.of(zone));
    AlertSnapshot.Alert alert =
        AlertSnapshot.Alert.of(
            ALERT,
            alertType,
            new BigDecimal(threshold),
            Labels.parse(Severity.class, severity),
            reason,
            text);
    return stored == null
        ? alert
        : new AlertSnapshot.Alert(
            ALERT, alertType, alert.threshold(), severity, stored, null, null);
  }

  private List<SpendPoint> burnDown() {
    return List.of(
        new SpendPoint(START, Money.ZERO),
        new SpendPoint(START.plusSeconds(6 * 3600), sixteenths(1)),
        new SpendPoint(START.plusSeconds(9 * 3600), sixteenths(2)),
        new SpendPoint(START.plusSeconds(12 * 3600), sixteenths(9)),
        new SpendPoint(Instant.parse("2026-11-20T14:03:05Z"), spend));
  }

  private Money sixteenths(int count) {
    return new Money(
        spend
            .amount()
            .multiply(BigDecimal.valueOf(count))
            .divide(BigDecimal.valueOf(16), 6, RoundingMode.DOWN));
  }
}
