package dev.stipend.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.platform.json.InvalidJsonException;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryKeyTest {
  private static final String ID = "0b9d3f5c-6d0e-4c39-9f0e-2f6f5d1c7a11";
  private static final String BODY =
      """
      {"workspaceId":"%1$s","alertId":"%1$s","channelId":"%1$s","purpose":"recovered"}\
      """
          .formatted(ID);

  @Property(seed = "1", tries = 500)
  void aKeyReadsBackAsItself(
      @ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d, @ForAll Purpose purpose) {
    DeliveryKey key = new DeliveryKey(new UUID(a, b), new UUID(b, c), new UUID(c, d), purpose);
    assertThat(DeliveryKey.ofJson(key.toJson())).isEqualTo(key);
  }

  @Test
  void theBodyIsThatOfTheQueuesContract() {
    UUID id = UUID.fromString(ID);
    assertThat(new DeliveryKey(id, id, id, Purpose.RECOVERED).toJson()).isEqualTo(BODY);
  }

  @ParameterizedTest
  @CsvSource({
    "workspaceId, workspaceId is required",
    "alertId, alertId is required",
    "channelId, channelId is required",
    "purpose, purpose is required"
  })
  void everyPartIsRequired(String field, String error) {
    assertRefused(
        BODY.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":null"), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"workspaceId", "alertId", "channelId"})
  void anIdThatIsNoneIsNamed(String field) {
    for (String wrong :
        new String[] {"x", ID.substring(1, 9), ID.replace('b', 'g'), "-".repeat(36)}) {
      assertRefused(
          BODY.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + wrong + "\""),
          field + " must be a UUID");
    }
  }

  @Test
  void anotherPurposeIsRefused() {
    assertRefused(
        BODY.replace("recovered", "forgotten"),
        "purpose must be one of raised, recovered, undelivered, changed, summary");
  }

  @Test
  void everythingWrongIsReportedTogether() {
    assertRefused(
        "{\"workspaceId\":5,\"alertId\":\"x\",\"purpose\":\"raised\"}",
        "workspaceId must be a string; alertId must be a UUID; channelId is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "null", "{", "not json"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThatThrownBy(() -> DeliveryKey.ofJson(body)).isInstanceOf(InvalidJsonException.class);
  }

  private static void assertRefused(String body, String error) {
    assertThatThrownBy(() -> DeliveryKey.ofJson(body))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage(error);
  }
}
