package dev.stipend.alert;

import dev.stipend.alert.evaluation.AlertFigures;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.alert.evaluation.FigureReader;
import dev.stipend.alert.evaluation.PeriodForecast;
import dev.stipend.budget.Budget;
import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.forecast.InactivityGap;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.forecast.UnusualActivity;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.PublicAddress;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.Reason;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Writes down what a message will say.
@Singleton
public class SnapshotWriter {
  private static final MessageCatalog ENGLISH = new MessageCatalog(Locale.ENGLISH);

  /// A message names no more missed alerts than this.
  private static final int MOST_MISSED = 20;

  private final FigureReader reader;
  private final PublicAddress address;

  SnapshotWriter(FigureReader reader, PublicAddress address) {
    this.reader = reader;
    this.address = address;
  }

  /// A reason without parameters, in English.
  static String plain(Reason reason) {
    return ENGLISH.reason(reason, "", ZoneOffset.UTC);
  }

  /// What a snapshot is about.
  ///
  /// @param threshold in percent of the limit
  /// @param reason why the alert changed
  /// @param before the alert that people were notified of before
  public record Subject(
      UUID alertId,
      AlertType type,
      BigDecimal threshold,
      Severity severity,
      Reason reason,
      Optional<LoggedAlert> before) {}

  /// Writes a snapshot. Figures that were not read are left out.
  public AlertSnapshot write(
      AlertNotice.Purpose purpose,
      Subject subject,
      EvaluationInput about,
      AlertFigures figures,
      Instant now) {
    Budget budget = about.budget();
    BudgetPeriod counter = about.counter();
    PeriodKey key = counter.key();
    Workspace known = figures.workspaces().get(budget.workspaceId());
    Workspace workspace = known == null ? reader.workspace(budget.workspaceId()) : known;
    Money limit = counter.limitOf(budget, now);
    Money held = counter.held().minus(figures.expiredHolds().getOrDefault(key, Money.ZERO));
    return new AlertSnapshot(
        subject.alertId() + "." + Labels.of(purpose),
        "alert." + Labels.of(purpose),
        now,
        workspace.slug(),
        workspace.locale(),
        AlertSnapshot.Alert.of(
            subject.alertId(),
            subject.type(),
            Threshold.plain(subject.threshold()),
            subject.severity(),
            subject.reason(),
            ENGLISH.reason(subject.reason(), workspace.currency(), budget.cadence().zone())),
        new AlertSnapshot.BudgetPart(
            budget.id(),
            budget.name(),
            Labels.of(budget.scope()),
            budget.scopeId(),
            key.subject(),
            budget.hardLimit()),
        new AlertSnapshot.PeriodPart(
            Labels.of(budget.cadence().kind()),
            counter.period().start(),
            counter.period().end(),
            budget.cadence().zone().getId()),
        new AlertSnapshot.SpendPart(
            counter.spend(),
            limit,
            counter.spend().percentOf(limit),
            held,
            limit.minus(counter.spend()).minus(held),
            workspace.currency(),
            counter.requests(),
            counter.unpriced()),
        subject.before().map(before -> since(before, counter)).orElse(null),
        Optional.ofNullable(figures.outlooks().get(key))
            .flatMap(outlook -> forecast(outlook, limit, now))
            .orElse(null),
        subject.type() == AlertType.UNUSUAL_ACTIVITY
            ? about
                .forecast()
                .flatMap(PeriodForecast::unusual)
                .map(SnapshotWriter::unusual)
                .orElse(null)
            : null,
        subject.type() == AlertType.STALE_DATA
            ? about
                .forecast()
                .flatMap(PeriodForecast::silence)
                .map(SnapshotWriter::stale)
                .orElse(null)
            : null,
        null,
        figures.contributors().getOrDefault(key, List.of()),
        figures.burnDowns().getOrDefault(key, List.of()),
        missed(about),
        List.of(),
        counter.dataAsOf(),
        address.console().map(url -> url + "/alerts/" + subject.alertId()).orElse(null));
  }

  /// How spend goes on; empty while that says nothing.
  private static Optional<AlertSnapshot.ForecastPart> forecast(
      Outlook outlook, Money limit, Instant now) {
    return outlook
        .forecast()
        .filter(forecast -> forecast.evidence().isEnough())
        .map(
            forecast ->
                new AlertSnapshot.ForecastPart(
                    forecast.amount(),
                    forecast.low(),
                    forecast.high(),
                    outlook.runsOutAt(limit).filter(now::isBefore).orElse(null)));
  }

  private static AlertSnapshot.UnusualPart unusual(UnusualActivity found) {
    return new AlertSnapshot.UnusualPart(found.hour(), found.spend(), found.median());
  }

  private static AlertSnapshot.StalePart stale(InactivityGap found) {
    return new AlertSnapshot.StalePart(found.since(), found.usual().toMinutes());
  }

  private static AlertSnapshot.Since since(LoggedAlert before, BudgetPeriod counter) {
    return new AlertSnapshot.Since(
        before.raisedAt(),
        Threshold.plain(before.threshold()),
        counter.spend().minus(before.spend()));
  }

  private static List<AlertSnapshot.Missed> missed(EvaluationInput about) {
    return about.missed().stream()
        .limit(MOST_MISSED)
        .map(
            alert ->
                new AlertSnapshot.Missed(
                    alert.type(),
                    Threshold.plain(alert.threshold()),
                    alert.raisedAt(),
                    alert.resolvedAt().orElse(null)))
        .toList();
  }
}
