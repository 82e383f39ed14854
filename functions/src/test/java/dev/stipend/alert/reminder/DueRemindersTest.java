package dev.stipend.alert.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.LoggedAlert;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StipendExtension.class)
class DueRemindersTest {
  @Test
  void whatIsSetAsideTakesNobodysPlace(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Each","scope":"user","scopeId":"*","period":"monthly","limitAmount":100,
         "thresholds":[{"percent":80,"remindEveryHours":1}]}
        """);
    stipend.record(Usage.costing("e1", stipend.clock.instant(), "80"));
    stipend.record(Usage.costing("e2", stipend.clock.instant(), "80").replace("u1", "u2"));
    stipend.clock.tick(Duration.ofHours(1));
    Instant now = stipend.clock.instant();
    DueReminders due = stipend.context.getBean(DueReminders.class);
    SetAside setAside = stipend.context.getBean(SetAside.class);
    List<LoggedAlert> alerts = due.find(2, now).stream().map(DueReminder::alert).toList();
    assertThat(alerts).hasSize(2);
    UUID workspace = alerts.getFirst().counter().workspaceId();

    for (int i = 0; i < 2; i++) {
      WorkItem aside = WorkItem.alert(workspace, alerts.get(i).id());
      setAside.add(aside, new IllegalStateException("unreadable"), now);

      assertThat(due.find(1, now))
          .extracting(each -> each.alert().id())
          .containsExactly(alerts.get(1 - i).id());
      setAside.clear(aside);
    }
  }
}
