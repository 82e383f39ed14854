package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Mails, from what was spent to the mailbox.
@ExtendWith(StipendExtension.class)
final class MailTest {
  @AfterEach
  void speakEnglishAgain(Stipend stipend) {
    speak(stipend, "en");
  }

  @Test
  void peopleOfASpanishWorkspaceReadSpanish(Stipend stipend) throws Exception {
    speak(stipend, "es");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();

    assertThat(text(received()))
        .contains(
            "Gasto ",
            "80,00 US$ de 100,00 US$ (80 %)",
            "Motivo: el gasto de 80,00 US$ alcanzó el 80 % de 100,00 US$")
        .doesNotContain("spend", "Why");
  }

  @Test
  void recoveryIsToldInSpanishToo(Stipend stipend) throws Exception {
    speak(stipend, "es");
    String id = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
    stipend.record(Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();
    TestServers.MAIL.purgeEmailFromAllMailboxes();
    stipend.api("PATCH", "/api/budgets/" + id, "{\"limitAmount\":200}");
    stipend.deliverAlerts();

    assertThat(text(received()))
        .contains("Motivo: el gasto de 80,00 US$ está por debajo del 80 % de 200,00 US$");
  }

  @Test
  void stormIsOneMail(Stipend stipend) throws Exception {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Everyone","limitAmount":1,"period":"monthly","scope":"user","scopeId":"*"}
        """);
    for (int i = 0; i < 7; i++) {
      stipend.record(Usage.costing("e" + i, SettableClock.START, "1").replace("u1", "user-" + i));
    }
    stipend.deliverAlerts();

    assertThat(received().getSubject()).isEqualTo("7 alerts: 7 critical");
    for (int i = 0; i < 7; i++) {
      assertThat(text(received())).contains("Budget \"Everyone\" of user user-" + i + " is at");
    }
    assertThat(
            stipend.database.rows(
                "SELECT status, count(*) FROM stipend.alert_deliveries d"
                    + " JOIN stipend.notification_channels c ON c.id = d.channel_id"
                    + " WHERE c.kind = 'email' GROUP BY 1 ORDER BY 1"))
        .containsExactly("sent|7", "suppressed|7");
  }

  private static void speak(Stipend stipend, String locale) {
    stipend.database.execute("UPDATE stipend.workspaces SET locale = '" + locale + "'");
  }

  private static MimeMessage received() {
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    return TestServers.MAIL.getReceivedMessages()[0];
  }

  private static String text(MimeMessage mail) throws Exception {
    return String.valueOf(((MimeMultipart) mail.getContent()).getBodyPart(0).getContent());
  }
}
