package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalEnvironmentTest {

  @Test
  void withoutVariablesSlackAndMailAreCaught() {
    LocalEnvironment environment = new LocalEnvironment(Map.of());

    assertThat(environment.slackIsReal()).isFalse();
    assertThat(environment.mailIsReal()).isFalse();
    assertThat(environment.addresses()).containsOnlyKeys("alert.from.email", "alert.to.email");
  }

  @Test
  void aWebhookOrAMailKeyMakesTheServiceReal() {
    assertThat(
            new LocalEnvironment(Map.of("SLACK_WEBHOOK_URL", "https://example.com")).slackIsReal())
        .isTrue();
    assertThat(new LocalEnvironment(Map.of("SENDGRID_API_KEY", "SG.x")).mailIsReal()).isTrue();
  }

  @Test
  void givenAddressesAreKept() {
    assertThat(new LocalEnvironment(Map.of("ALERT_TO_EMAIL", "ann@example.com")).addresses())
        .containsOnlyKeys("alert.from.email");
  }

  @Test
  void theDatabaseOfADeploymentStaysOut() {
    assertThat(
            new LocalEnvironment(
                    Map.of(
                        "DATABASE_URL", "x", "DATABASE_SECRET_ARN", "x", "SLACK_WEBHOOK_URL", "x"))
                .excluded())
        .containsExactlyInAnyOrder("DATABASE_URL", "DATABASE_SECRET_ARN");
  }

  @Test
  void sourcesAreOnThisMachineUnlessTheEnvironmentSaysWhere() {
    assertThat(new LocalEnvironment(Map.of()).sources()).containsOnlyKeys("stipend.source.hosts");
    LocalEnvironment elsewhere =
        new LocalEnvironment(
            Map.of(
                "STIPEND_SOURCE_HOSTS", "db.example.com",
                "STIPEND_SECRET_ACME__APP_URL", "x",
                "STIPEND_STACK", "x"));
    assertThat(elsewhere.sources()).isEmpty();
    assertThat(elsewhere.excluded()).containsExactly("STIPEND_STACK");
  }
}
