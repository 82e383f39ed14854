package dev.stipend.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.notification.channel.OwnSecrets;
import dev.stipend.support.notification.MapSecrets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose secrets may be named by whose channels.
final class SecretNameTest {
  private static final String ARN = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:";

  /// The environment names the deployment's own secrets by their ARNs.
  private final MapSecrets environment =
      new MapSecrets()
          .with("DATABASE_URL_ARN", ARN + "prod/database-AbCdEf")
          .with("SMTP_URL_ARN", ARN + "smtp-AbCdEf");

  @ParameterizedTest
  @CsvSource({
    // The product's own channel variables are the deployment's.
    "default, SLACK_WEBHOOK_URL, true",
    "default, WEBHOOK_SIGNING_SECRET, true",
    "acme, SLACK_WEBHOOK_URL, false",
    "acme, SLACK_BOT_TOKEN, false",
    // Names of workspaces.
    "acme, STIPEND_SECRET_ACME__HOOK, true",
    "acme, STIPEND_SECRET_ACME__OPS_URL, true",
    "acme, STIPEND_SECRET_ACME_EU__URL, false",
    "acme, STIPEND_SECRET_ACME__EU__URL, false",
    "acme, STIPEND_SECRET_ACME___URL, false",
    "acme-eu, STIPEND_SECRET_ACME_EU__URL, true",
    "acme-eu, STIPEND_SECRET_ACME__EU_URL, false",
    "acme--eu, STIPEND_SECRET_ACME__EU__URL, true",
    "acme-, STIPEND_SECRET_ACME___URL, true",
    "default, STIPEND_SECRET_DEFAULT__OPS_URL, true",
    "default, STIPEND_SECRET_ACME__OPS_URL, false",
    // All others are of the workspace that every deployment starts with.
    "default, OPS_URL, true",
    "acme, OPS_URL, false",
    "acme, ACME_URL, false",
    "default, SLACK_SIGNING_SECRET, false",
    "default, DATABASE_URL, false",
    "default, AWS_SESSION_TOKEN, false",
    "default, ADMIN_API_KEY, false",
    "default, PGPASSWORD, false",
    "default, STIPEND_LOG_KEY, false",
  })
  void aVariableBelongsToAWorkspace(String workspace, String name, boolean isItsOwn) {
    assertThat(refused(workspace, name)).isEqualTo(!isItsOwn);
  }

  @ParameterizedTest
  @CsvSource({
    "acme, stipend/channels/acme/ops-AbCdEf, true",
    "acme, stipend/channels/acme/eu/ops-AbCdEf, true",
    "acme, stipend/channels/acme-eu/ops-AbCdEf, false",
    "acme, stipend/channels/beta/ops-AbCdEf, false",
    "acme, stipend/channels/acme-AbCdEf, false",
    "acme, slack-AbCdEf, false",
    "default, slack-AbCdEf, true",
    "default, stipend/channels/default/ops, true",
    "default, stipend/channels/acme/ops-AbCdEf, false",
    "default, prod/database-AbCdEf, false",
    "default, prod/database, false",
    "default, smtp-AbCdEf, false",
    "default, smtp-two-AbCdEf, true",
  })
  void aSecretOfSecretsManagerBelongsToAWorkspace(String workspace, String name, boolean isItsOwn) {
    assertThat(refused(workspace, ARN + name)).isEqualTo(!isItsOwn);
  }

  private boolean refused(String workspace, String name) {
    Tenant tenant = new Tenant(workspace, workspace.equals("default"));
    return OwnSecrets.of(environment, tenant).refusal(name, tenant).isPresent();
  }
}
