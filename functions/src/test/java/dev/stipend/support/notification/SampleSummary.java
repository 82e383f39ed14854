package dev.stipend.support.notification;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Severity;
import dev.stipend.money.Money;
import dev.stipend.platform.wording.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The summary of a week in Berlin that cost more than the one before.
public final class SampleSummary {
  private static final UUID ID = UUID.fromString("0199f6a0-0000-7000-8000-000000000003");
  private static final Instant NOW = Instant.parse("2026-11-16T08:00:00Z");

  private SampleSummary() {}

  public static AlertSnapshot snapshot() {
    return new AlertSnapshot(
        ID + ".summary",
        "summary.weekly",
        NOW,
        "default",
        "en",
        AlertSnapshot.Alert.of(
            ID,
            null,
            BigDecimal.ZERO,
            Severity.INFO,
            Reason.of(Reason.Code.SUMMARY_WEEKLY),
            "weekly summary"),
        new AlertSnapshot.BudgetPart(
            new UUID(0, 0), "Research", "workspace", "default", "default", false),
        new AlertSnapshot.PeriodPart(
            "weekly",
            Instant.parse("2026-11-08T23:00:00Z"),
            Instant.parse("2026-11-15T23:00:00Z"),
            "Europe/Berlin"),
        new AlertSnapshot.SpendPart(
            Money.of("412.5"),
            Money.ZERO,
            BigDecimal.ZERO,
            Money.ZERO,
            Money.ZERO,
            "USD",
            18_204,
            12),
        null,
        new AlertSnapshot.ForecastPart(
            Money.of("1650"), Money.of("1502.25"), Money.of("1810.75"), null),
        null,
        null,
        new AlertSnapshot.SummaryPart(
            Money.of("300"),
            4,
            List.of(
                new AlertSnapshot.Mover("agent", "researcher", Money.of("310"), Money.of("140")),
                new AlertSnapshot.Mover("model", "gpt-4o", Money.of("12.5"), Money.of("-27.5"))),
            List.of(
                new AlertSnapshot.AtRisk(
                    "Research",
                    "alice@example.com",
                    Money.of("96.02"),
                    Money.of("100"),
                    new BigDecimal("96.0")))),
        List.of(
            SampleAlert.contributor("agent", "researcher", "310", "75.1"),
            SampleAlert.contributor("model", "claude-sonnet-4-5", "400", "96.9"),
            SampleAlert.contributor("user", "alice@example.com", "96.02", "23.2")),
        List.of(),
        List.of(),
        List.of(),
        NOW,
        "https://stipend.example.com");
  }
}
