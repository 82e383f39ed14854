package dev.stipend.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonText;
import dev.stipend.support.Golden;
import dev.stipend.support.http.Json;
import dev.stipend.support.notification.SampleAlert;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What receivers rely on: a change of these files is a change of the interface.
@TestInstance(Lifecycle.PER_CLASS)
class WebhookPayloadTest {
  private ApplicationContext context;
  private JsonText json;

  @BeforeAll
  void start() {
    context =
        ApplicationContext.builder().deduceEnvironment(false).eagerInitSingletons(false).start();
    json = context.getBean(JsonText.class);
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @ParameterizedTest
  @MethodSource("dev.stipend.support.notification.SampleAlerts#all")
  void payloadIsAsAgreed(String name, AlertSnapshot alert) {
    Golden.assertMatches(
        "webhook-" + name + ".json", Json.pretty(ExactJson.parse(json.write(alert))));
  }

  /// Deliveries that were staged by an older release are sent by this one.
  @Test
  void snapshotOfAnOlderReleaseIsStillRead() {
    String old =
        json.write(SampleAlert.warning().withoutBurnDown().snapshot())
            .replace("\"locale\":\"en\",", "")
            .replace("\"burnDown\":[],", "");
    assertThat(json.read(old, Argument.of(AlertSnapshot.class)))
        .isEqualTo(SampleAlert.warning().withoutBurnDown().speaking(null).snapshot());
  }
}
