package dev.stipend.console.overview;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.money.Money;
import dev.stipend.report.overview.Overview;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Makes an overview in which nothing happened, for nobody, without a database: so that what pages
/// need is there before somebody waits for one.
@Singleton
public class OverviewRehearsal {
  private static final UUID NOBODY = new UUID(0, 0);
  private static final Period DAY =
      new Period(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1)));

  private final Pages pages;

  /// @param controller what answers for the overview, so that it is there too
  OverviewRehearsal(Pages pages, OverviewController controller) {
    this.pages = pages;
  }

  /// Makes the page, and keeps nothing of it.
  public void run() {
    Workspace workspace = new Workspace(NOBODY, "", "", "USD", "UTC", "en");
    Session session =
        new Session(
            NOBODY,
            new Caller(workspace, NOBODY, Role.ADMIN, Optional.empty()),
            DAY.end(),
            "",
            false);
    ConsoleText text = new ConsoleText(Locale.ENGLISH);
    PageFrame frame =
        new PageFrame(
            text,
            text.say(View.OVERVIEW.title()),
            Optional.of(View.OVERVIEW),
            Optional.of(session));
    pages.html(
        frame,
        OverviewController.TEMPLATE,
        Map.of("model", OverviewModel.of(nothing(), workspace, text)));
  }

  private static Overview nothing() {
    Overview.Day day =
        new Overview.Day(
            Optional.of(LocalDate.EPOCH), Optional.of(Money.ZERO), Optional.of(Money.ZERO));
    return new Overview(
        new Overview.Month(
            DAY, Money.ZERO, 0, 0, Money.ZERO, Money.ZERO, Optional.empty(), List.of(day)),
        Map.of(),
        List.of(),
        new Overview.OpenAlerts(0, 0, 0),
        Optional.of(DAY.start()));
  }
}
