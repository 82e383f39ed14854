package dev.stipend.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.json.ExactJson;
import dev.stipend.json.JsonText;
import dev.stipend.support.Golden;
import dev.stipend.support.Json;
import dev.stipend.support.SampleAlert;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

  static Stream<Arguments> alerts() {
    return Stream.of(
        Arguments.of("warning", SampleAlert.warning()),
        Arguments.of("exceeded", SampleAlert.exceeded()),
        Arguments.of("forecast", SampleAlert.approaching()),
        Arguments.of("unusual", SampleAlert.unusual()),
        Arguments.of("unpriced", SampleAlert.unpriced()),
        Arguments.of("restated", SampleAlert.restated()),
        Arguments.of("recovered", SampleAlert.recovered()),
        Arguments.of("test", SampleAlert.test()));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void payloadIsAsAgreed(String name, SampleAlert alert) {
    Golden.assertMatches(
        "webhook-" + name + ".json", Json.pretty(ExactJson.parse(json.write(alert.snapshot()))));
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
