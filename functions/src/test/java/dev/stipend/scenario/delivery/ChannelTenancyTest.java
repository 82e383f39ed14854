package dev.stipend.scenario.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two workspaces of one deployment: neither sends by what is the other's.
@ExtendWith(StipendExtension.class)
final class ChannelTenancyTest {
  private static final String HOOK_OF_ACME = "stipend.secret.acme..hook.url";

  private final Stipend stipend;
  private Map<String, String> acme = Map.of();

  ChannelTenancyTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void settle() {
    acme = Tenant.key(stipend, "admin", "acme");
    stipend.set(HOOK_OF_ACME, TestServers.HTTP.baseUrl() + "/acme");
  }

  @Test
  void anAlertOfASecondWorkspaceReachesNobodyOfTheDeployment() throws Exception {
    Answer budget = stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"), acme);
    assertThat(budget.text("warnings"))
        .contains("Nobody would be notified: make a channel of this workspace");
    spend("80");

    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_logs")).isEqualTo("1");
    assertNobodyOfTheDeploymentHeard();
    assertThat(stipend.api("GET", "/api/channels", "", acme).items()).isEmpty();
  }

  @Test
  void aDefaultChannelThatIsThereIsNotServedEither() throws Exception {
    stipend.database.execute(
        """
        INSERT INTO stipend.notification_channels (workspace_id, kind, name, config, is_default)
        SELECT w.id, kind, 'environment ' || kind, '{}', TRUE
        FROM stipend.workspaces w, unnest(ARRAY['email', 'slack_webhook', 'slack_bot', 'webhook']) AS kind
        WHERE slug = 'acme'
        """);
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"), acme);
    spend("80");

    assertNobodyOfTheDeploymentHeard();
  }

  @Test
  void theFirstWorkspaceIsServedAsBefore() throws Exception {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.recordFor("default", Usage.costing("e1", SettableClock.START, "80"));
    stipend.deliverAlerts();

    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/slack")));
  }

  @Test
  void aWorkspaceThatTheDatabaseListsIsServedToo() throws Exception {
    stipend.database.execute(
        "UPDATE stipend.workspaces SET deployment_channels = TRUE WHERE slug = 'acme'");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"), acme);
    spend("80");

    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aSecretOfItsOwnTellsItsOwnPeople() {
    Answer made =
        create(
            "{\"kind\":\"slack_webhook\",\"name\":\"S\",\"isDefault\":true,\"config\":{\"urlSecret\":\"STIPEND_SECRET_ACME__HOOK_URL\"}}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.text("warnings")).isEqualTo("[]");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"), acme);
    spend("80");

    TestServers.HTTP.verify(1, postRequestedFor(urlEqualTo("/acme")));
    TestServers.HTTP.verify(0, postRequestedFor(urlEqualTo("/slack")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SLACK_WEBHOOK_URL",
        "OPS_URL",
        "STIPEND_SECRET_BETA__HOOK_URL",
        "PATH",
        "HOME",
        "arn:aws:secretsmanager:us-east-1:111111111111:secret:tenant-a-slack",
        "arn:aws:secretsmanager:us-east-1:111111111111:secret:stipend/channels/beta/slack-AbCdEf"
      })
  void aNameOfAnotherWorkspacesSecretIsRefused(String name) {
    Answer refused =
        create(
            "{\"kind\":\"slack_webhook\",\"name\":\"S\",\"config\":{\"urlSecret\":\"%s\"}}"
                .formatted(name));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("errors")).contains("field=config.urlSecret,");
    assertThat(stipend.api("GET", "/api/channels", "", acme).items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kind\":\"slack_webhook\",\"name\":\"S\"}",
        "{\"kind\":\"slack_bot\",\"name\":\"S\",\"config\":{\"channel\":\"C0TEAM\"}}",
        "{\"kind\":\"email\",\"name\":\"S\",\"config\":{\"locale\":\"es\"}}",
        "{\"kind\":\"webhook\",\"name\":\"S\",\"config\":{\"urlSecret\":\"STIPEND_SECRET_ACME__HOOK_URL\"}}"
      })
  void whatTheDeploymentWouldStandInForIsRequired(String body) {
    Answer refused = create(body);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail"))
        .containsPattern("is required: the deployment's own [A-Z_]+ serves other workspaces");
  }

  @Test
  void aChannelThatNamedAnothersSecretBeforeSendsNothing() throws Exception {
    stipend.set("beta.url", TestServers.HTTP.baseUrl() + "/beta");
    for (String[] channel :
        new String[][] {
          {"slack_webhook", "{\"urlSecret\":\"BETA_URL\"}"},
          {"slack_bot", "{\"channel\":\"C0TEAM\"}"},
          {"email", "{\"locale\":\"es\"}"},
          {"webhook", "{\"urlSecret\":\"STIPEND_SECRET_ACME__HOOK_URL\"}"}
        }) {
      stipend.database.execute(
          """
          INSERT INTO stipend.notification_channels (workspace_id, kind, name, config, is_default)
          SELECT w.id, '%s', '%s', '%s', TRUE FROM stipend.workspaces w WHERE slug = 'acme'
          """
              .formatted(channel[0], channel[0], channel[1]));
    }
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"), acme);
    spend("80");

    assertThat(
            stipend.database.rows(
                """
                SELECT c.name, d.status, d.last_error
                FROM stipend.alert_deliveries d
                JOIN stipend.notification_channels c ON c.id = d.channel_id
                WHERE d.purpose = 'raised'
                ORDER BY 1
                """))
        .containsExactly(
            "email|failed|to is required: the deployment's own ALERT_TO_EMAIL serves other"
                + " workspaces",
            "slack_bot|failed|tokenSecret names a secret of the deployment's own channels, which"
                + " serve others",
            "slack_webhook|failed|urlSecret must name a secret of this workspace: a variable"
                + " STIPEND_SECRET_ACME__NAME, or the ARN of a secret stipend/channels/acme/name",
            "webhook|failed|signingSecret names a secret of the deployment's own channels, which"
                + " serve others");
    TestServers.HTTP.verify(0, postRequestedFor(anyUrl()));
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "HOME", "LANG", "JAVA_TOOL_OPTIONS", "DATABASE_URL", "PGPASSWORD"})
  void noWorkspaceNamesWhatIsNoSecretOfAChannel(String name) {
    Answer refused =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"slack_webhook\",\"name\":\"S\",\"config\":{\"urlSecret\":\"%s\"}}"
                .formatted(name));

    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
  }

  @Test
  void whoeverMakesAChannelIsWarnedOfASecretThatIsNotThere() {
    Answer made =
        stipend.api(
            "POST",
            "/api/channels",
            "{\"kind\":\"webhook\",\"name\":\"Ops\",\"config\":{\"urlSecret\":\"OPS_URL\",\"signingSecret\":\"OPS_KEY\"}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.text("warnings")).contains("OPS_URL is not set", "OPS_KEY is not set");
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/channels",
                    "{\"kind\":\"webhook\",\"name\":\"There\",\"config\":{\"urlSecret\":\"RECEIVER_URL\",\"signingSecret\":\"RECEIVER_KEY\"}}")
                .text("warnings"))
        .isEqualTo("[]");
  }

  private Answer create(String body) {
    return stipend.api("POST", "/api/channels", body, acme);
  }

  private void spend(String cost) {
    stipend.recordFor("acme", Usage.costing("e1", SettableClock.START, cost));
    stipend.deliverAlerts();
  }

  private static void assertNobodyOfTheDeploymentHeard() throws Exception {
    TestServers.HTTP.verify(0, postRequestedFor(anyUrl()));
    assertThat(TestServers.MAIL.getReceivedMessages()).isEmpty();
  }
}
