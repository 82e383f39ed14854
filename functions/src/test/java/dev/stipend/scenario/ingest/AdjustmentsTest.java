package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may take spend back, of what, and where it is written down.
@ExtendWith(StipendExtension.class)
final class AdjustmentsTest {
  private static final Instant START = SettableClock.START;
  private static final String SUM = "SELECT coalesce(sum(cost), 0) FROM stipend.usage_logs";
  private static final String AUDIT =
      "SELECT actor, target, after ->> 'cost', after ->> 'corrects' FROM stipend.audit_logs WHERE"
          + " action = 'usage.adjust' ORDER BY target";

  private final Holder holder = new Holder();
  private Map<String, String> ingest = Map.of();

  @TempDir Path folder;

  @BeforeEach
  void issueKey(Stipend stipend) {
    ingest = Tenant.key(stipend, "ingest", "default");
  }

  @Test
  void keyOfAnAgentOpensNoBudgetThatIsSpent(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "1000", true);
    stipend.record(Usage.costing("e1", START, "1002.48"));
    assertThat(holder.reserve(stipend, "1").status()).isEqualTo(402);

    Answer answer = post(stipend, adjustment("a1", "-1000000", ""));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains(
            "\"recorded\":0",
            "corrects is required, as cost is negative",
            "a key of role admin may record any adjustment");
    assertThat(holder.reserve(stipend, "1").status()).isEqualTo(402);
    assertThat(stipend.database.value(SUM)).isEqualTo("1002.480000000000");
  }

  @Test
  void refundsOfAnEventTakeBackNoMoreThanItCost(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "100", true);
    stipend.record(Usage.costing("e1", START, "10"), Usage.costing("e2", START, "50"));

    assertThat(recorded(post(stipend, refund("r1", "-6")))).isEqualTo(1);
    Answer tooMuch = post(stipend, refund("r2", "-4.000000000001"));
    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.body())
        .contains("cost -4.000000000001 is more than the 4.00 left to refund");
    assertThat(recorded(post(stipend, refund("r3", "-4")))).isEqualTo(1);
    assertThat(post(stipend, refund("r4", "-0.000000000001")).status()).isEqualTo(422);

    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 50 held 0");
    assertThat(post(stipend, refund("r3", "-4")).text("duplicates")).isEqualTo("1");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
  }

  @Test
  void refundsInOneRequestAreAddedUpAndTheirEventMayComeWithThem(Stipend stipend) {
    Answer answer =
        post(
            stipend,
            "[%s,%s,%s,%s]"
                .formatted(
                    refund("r1", "-6"),
                    Usage.costing("e1", START, "10"),
                    refund("r2", "-6"),
                    refund("r3", "-3")));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(recorded(answer)).isEqualTo(3);
    assertThat(answer.body()).contains("\"index\":2,\"eventId\":\"r2\"", "the 4.00 left");
    assertThat(stipend.database.value(SUM)).isEqualTo("1.000000000000");
    assertThat(post(stipend, refund("r4", "-2")).body()).contains("the 1.00 left");
  }

  @Test
  void idOfARefusedRefundIsStillFree(Stipend stipend) {
    stipend.record(Usage.costing("e1", START, "10"));
    assertThat(post(stipend, refund("r1", "-11")).status()).isEqualTo(422);
    assertThat(recorded(post(stipend, refund("r1", "-10")))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody | '' | corrects names no event of the last 35 days",
        "foreign | '' | corrects names no event of the last 35 days",
        "up | '' | corrects must name an event of kind usage",
        "waiting | '' | corrects names an event that has no price yet",
        "e1 | \"userId\":\"u2\", | userId differs from that of the event it corrects",
        "e1 | \"teamId\":\"t1\", | teamId differs from that of the event it corrects",
        "e1 | \"tags\":{\"env\":\"dev\"}, | tags.env differs from that of the event it corrects",
        "e1 | \"tags\":{\"run\":\"1\"}, | tags.run differs from that of the event it corrects"
      })
  void refundThatLowersWhatItsEventDidNotRaiseIsRefused(
      String corrects, String fields, String reason, Stipend stipend) {
    Tenant.key(stipend, "read", "acme");
    stipend.recordFor("acme", Usage.costing("foreign", START, "10"));
    stipend.recordFor(
        "default",
        Usage.costing("e1", START, "10")
            .replace("\"cost\"", "\"tags\":{\"env\":\"prod\"},\"cost\""),
        Usage.costing("waiting", START, "1")
            .replace(",\"cost\":\"1\"", "")
            .replace("gpt-4o", "new"),
        adjustment("up", "10", ""));

    Answer answer =
        post(
            stipend,
            """
            {"eventId":"r1","occurredAt":"%s","kind":"adjustment",%s"corrects":"%s","cost":"-1"}
            """
                .formatted(START, fields, corrects));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains(reason);
    assertThat(stipend.database.rows("SELECT 1 FROM stipend.usage_logs WHERE cost < 0")).isEmpty();
  }

  @Test
  void refundMayNameLessThanItsEvent(Stipend stipend) {
    String user = holder.budget(stipend, "user", "u1", "100", true);
    String all = holder.budget(stipend, "workspace", "default", "100", true);
    stipend.record(Usage.costing("e1", START, "10"));

    assertThat(
            recorded(
                post(
                    stipend,
                    """
                    {"eventId":"r1","occurredAt":"%s","kind":"adjustment","corrects":"e1","cost":"-1"}
                    """
                        .formatted(START))))
        .isEqualTo(1);

    assertThat(holder.standing(stipend, user, "u1")).isEqualTo("spend 10 held 0");
    assertThat(holder.standing(stipend, all, "default")).isEqualTo("spend 9 held 0");
  }

  @Test
  void refundLowersThePeriodThatItsEventRaised(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        """
        {"name":"Daily","limitAmount":10,"period":"daily","scope":"user","scopeId":"*","hardLimit":true}
        """);
    Instant yesterday = START.minus(Duration.ofDays(1));
    post(stipend, Usage.costing("e1", yesterday, "1000"));
    stipend.record(Usage.costing("e2", START, "11"));

    Answer today = post(stipend, refund("r1", "-5"));

    assertThat(today.status()).isEqualTo(422);
    assertThat(today.body())
        .contains(
            "occurredAt falls in another period of budget \\\"Daily\\\" than the event it"
                + " corrects, which occurred at "
                + yesterday);
    assertThat(holder.reserve(stipend, "1").status()).isEqualTo(402);
    assertThat(
            recorded(
                post(stipend, refund("r1", "-5").replace(START.toString(), yesterday.toString()))))
        .isEqualTo(1);
    assertThat(
            recorded(
                post(
                    stipend,
                    refund("r2", "-5")
                        .replace(START.toString(), yesterday.plusSeconds(60).toString()))))
        .isEqualTo(1);
  }

  @Test
  void lateRefundCountsAgainstTheLatePrice(Stipend stipend) {
    String event =
        """
        {"eventId":"e1","occurredAt":"%s","provider":"acme","model":"m-1","inputTokens":1000000}
        """
            .formatted(START);
    stipend.record(event);
    assertThat(post(stipend, refundOf("e1", "r1", "-1")).body()).contains("has no price yet");
    stipend.api(
        "POST",
        "/api/prices",
        """
        {"provider":"acme","model":"m-1","effectiveFrom":"2000-01-01T00:00:00Z","perMillion":{"input":"2","output":"4"}}
        """);

    assertThat(post(stipend, refundOf("e1", "r1", "-2.01")).status()).isEqualTo(422);
    assertThat(recorded(post(stipend, refundOf("e1", "r1", "-2")))).isEqualTo(1);
    assertThat(stipend.database.value(SUM)).isEqualTo("0.000000000000");
  }

  @Test
  void adminsAndTheQueueMayLowerAtWillAndAreCountedIn(Stipend stipend) {
    stipend.record(Usage.costing("e1", START, "10"));

    assertThat(recorded(stipend.api("POST", "/api/usage", adjustment("a1", "-1000", ""))))
        .isEqualTo(1);
    assertThat(recorded(stipend.api("POST", "/api/usage", refund("a2", "-3")))).isEqualTo(1);
    assertThat(stipend.record(adjustment("q1", "-1000", ""), refund("q2", "-4"))).isEmpty();

    assertThat(post(stipend, refund("r1", "-4")).body()).contains("the 3.00 left");
    assertThat(recorded(post(stipend, refund("r2", "-3")))).isEqualTo(1);
    assertThat(stipend.record(refund("q3", "-100"))).isEmpty();
    assertThat(post(stipend, refund("r3", "-0.01")).body()).contains("the -100.00 left");
  }

  @Test
  void everyAdjustmentIsInTheAuditLogOnce(Stipend stipend) throws IOException {
    stipend.record(Usage.costing("e1", START, "10"), adjustment("q1", "-1", ""));
    stipend.record(adjustment("q1", "-1", ""));
    stipend.api("POST", "/api/usage", adjustment("a1", "2.5", ""));
    post(stipend, "[%s,%s]".formatted(refund("r1", "-3"), refund("r2", "-300")));
    stipend.database.execute("TRUNCATE stipend.usage_imports");
    Path file = folder.resolve("old.jsonl");
    Files.writeString(
        file,
        adjustment("i1", "-4", "").strip().replace(START.toString(), "2024-01-01T00:00:00Z")
            + "\n"
            + adjustment("i2", "-5", "").strip());
    stipend
        .context
        .getBean(ImportUsage.class)
        .run(
            stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow(),
            file,
            Map.of(),
            (counts, read, bytes) -> {});

    String keys =
        "SELECT 'key ' || id FROM stipend.api_keys WHERE name %s 'bootstrap' AND role = '%s'";
    String admin = stipend.database.value(keys.formatted("=", "admin"));
    String agent = stipend.database.value(keys.formatted("<>", "ingest"));
    assertThat(stipend.database.rows(AUDIT))
        .containsExactly(
            admin + "|event a1|2.50|null",
            "command line|event i1|-4.00|null",
            "command line|event i2|-5.00|null",
            "usage queue|event q1|-1.00|null",
            agent + "|event r1|-3.00|e1");
    assertThat(stipend.api("GET", "/api/audit?action=usage.adjust", "").body())
        .contains("\"userId\":\"u1\"", "\"occurredAt\":\"" + START);
  }

  @Test
  void settlementIsNoAdjustment(Stipend stipend) {
    String id = holder.budget(stipend, "user", "u1", "10", true);
    stipend.record(Usage.costing("e1", START, "8"));
    Answer reserved = holder.reserve(stipend, "1");
    String path = "/api/reservations/" + reserved.text("id") + "/settle";

    for (String body :
        new String[] {
          "{\"kind\":\"adjustment\",\"cost\":\"-1000000\"}",
          "{\"kind\":\"adjustment\",\"cost\":\"-1\",\"corrects\":\"e1\"}",
          "{\"cost\":\"-1\"}"
        }) {
      Answer answer = stipend.api("POST", path, body, ingest);
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.body()).containsPattern("kind must be usage|cost must not be negative");
    }
    assertThat(holder.standing(stipend, id, "u1")).isEqualTo("spend 8 held 1");
  }

  private Answer post(Stipend stipend, String body) {
    return stipend.api("POST", "/api/usage", body, ingest);
  }

  private static int recorded(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Integer.parseInt(answer.text("recorded"));
  }

  private static String refund(String id, String cost) {
    return adjustment(id, cost, "\"corrects\":\"e1\",");
  }

  private static String adjustment(String id, String cost, String fields) {
    return """
    {"eventId":"%s","occurredAt":"%s","kind":"adjustment",%s"userId":"u1","cost":"%s"}
    """
        .formatted(id, START, fields, cost);
  }

  private static String refundOf(String event, String id, String cost) {
    return """
    {"eventId":"%s","occurredAt":"%s","kind":"adjustment","corrects":"%s","cost":"%s"}
    """
        .formatted(id, START, event, cost);
  }
}
