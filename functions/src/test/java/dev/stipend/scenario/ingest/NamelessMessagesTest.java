package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.stipend.support.CapturedLog;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Messages that do not say whose they are.
@ExtendWith(StipendExtension.class)
final class NamelessMessagesTest {
  private static final String LEDGER = "SELECT event_id FROM stipend.usage_logs ORDER BY 1";
  private static final String EVENT = Usage.costing("e1", SettableClock.START, "1");

  @Test
  void theyBelongToTheOnlyWorkspace(Stipend stipend) {
    assertThat(stipend.record(EVENT)).isEmpty();
    assertThat(stipend.recordWith(binary(), EVENT.replace("e1", "e2"))).isEmpty();
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1", "e2");
  }

  @Test
  void theyBelongToNobodyWhereThereAreSeveralWorkspaces(Stipend stipend) {
    Tenant.key(stipend, "read", "acme");
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.record(EVENT)).containsExactly(0);
      assertThat(stipend.recordWith(binary(), EVENT)).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest").lines())
          .hasSize(2)
          .allMatch(
              line ->
                  line.endsWith(
                      "it names no workspace, and there is more than one: name one"
                          + " in the message attribute workspace, of type String"));
    }
    assertThat(stipend.database.rows(LEDGER)).isEmpty();
    assertThat(stipend.recordFor("default", EVENT)).isEmpty();
    assertThat(stipend.recordFor("acme", EVENT)).isEmpty();
    assertThat(stipend.database.rows(LEDGER)).containsExactly("e1", "e1");
  }

  @Test
  void aNameThatIsNoneIsLoggedInOneLine(Stipend stipend) {
    try (CapturedLog log = CapturedLog.start()) {
      assertThat(stipend.recordFor("no\u001b\nbody", EVENT)).containsExactly(0);
      assertThat(log.text("dev.stipend.usecase", "dev.stipend.ingest"))
          .endsWith("there is no workspace no\ufffd\ufffdbody");
    }
  }

  private static SQSEvent.MessageAttribute binary() {
    SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
    attribute.setDataType("Binary");
    attribute.setBinaryValue(ByteBuffer.wrap("acme".getBytes(StandardCharsets.UTF_8)));
    return attribute;
  }
}
