package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the template to secrets by reference, which reach functions and nobody else.
class TemplateSecretsTest {
  private static final Pattern SECRET_NAME =
      Pattern.compile("KEY|SECRET|TOKEN|PASSWORD|WEBHOOK|DATABASE_URL|SMTP_URL|CREDENTIAL");
  private static final Object NO_VALUE = new Intrinsic("Ref", "AWS::NoValue");

  private final SamTemplate template;

  TemplateSecretsTest() throws IOException {
    template = SamTemplate.read(Path.of("../../template.yaml"));
  }

  /// What anybody sees who may look at the stack.
  @Test
  void noOutputGivesAwayASecret() throws IOException {
    String template = Files.readString(Path.of("../../template.yaml"));
    String outputs = template.substring(template.indexOf("\nOutputs:"));
    assertThat(outputs).doesNotContain("resolve:secretsmanager", "GetSecretValue", "DatabaseUrl}");
    assertThat(
            outputs
                .lines()
                .filter(line -> line.contains("Value:") && SECRET_NAME.matcher(line).find()))
        .isEmpty();
  }

  @Test
  void theUrlInTheOpenCannotHoldAPassword() throws IOException {
    String pattern =
        Files.readString(Path.of("../../template.yaml"))
            .replaceFirst("(?s).*\n  DatabaseUrl:.*?AllowedPattern: (\\S+)\n.*", "$1");
    assertThat("postgresql://al@db.example.com:5432/stipend?sslmode=verify-full").matches(pattern);
    assertThat("postgresql://db.example.com:5432/stipend").matches(pattern);
    assertThat("postgresql://al:s3cret@db.example.com/stipend").doesNotMatch(pattern);
  }

  @Test
  void secretsReachAFunctionByReferenceOnly() {
    assertThat(functions())
        .allSatisfy(
            function -> {
              Block variables = function.properties().block("Environment").block("Variables");
              assertThat(variables.keys()).contains("DATABASE_URL_ARN", "DATABASE_SECRET_ARN");
              assertThat(variables.keys())
                  .filteredOn(name -> SECRET_NAME.matcher(name).find())
                  .filteredOn(name -> !name.equals("DATABASE_URL"))
                  .allSatisfy(
                      name -> {
                        assertThat(name).endsWith("_ARN");
                        assertThat(referencesIn(variables.raw(name).orElseThrow()))
                            .isNotEmpty()
                            .allMatch(this::isSecretArn);
                      });
            });
  }

  /// An evaluation stages a delivery for each channel that is configured, and knows no other.
  @Test
  void everyFunctionKnowsWhichChannelsThereAre() {
    assertThat(functions())
        .allSatisfy(
            function ->
                assertThat(function.properties().block("Environment").block("Variables").keys())
                    .contains(
                        "SLACK_WEBHOOK_URL_ARN",
                        "SENDGRID_API_KEY_ARN",
                        "SMTP_URL_ARN",
                        "SES_FROM_IDENTITY",
                        "WEBHOOK_URL_ARN",
                        "WEBHOOK_SIGNING_SECRET_ARN",
                        "SLACK_BOT_TOKEN_ARN",
                        "SLACK_CHANNEL",
                        "ALERT_FROM_EMAIL",
                        "ALERT_TO_EMAIL"));
  }

  private List<Resource> functions() {
    return template.resources(Resource.FUNCTION).toList();
  }

  private boolean isSecretArn(Object reference) {
    return reference instanceof Intrinsic(String function, Object target)
        && function.equals("Ref")
        && (target.toString().endsWith("SecretArn")
            || template
                .resources("AWS::SecretsManager::Secret")
                .anyMatch(secret -> secret.logicalId().equals(target)));
  }

  /// What a value can become: both branches of an `!If`, without the one that leaves it out.
  private static List<?> referencesIn(Object value) {
    return value instanceof Intrinsic(String function, List<?> branches) && function.equals("If")
        ? branches.stream().skip(1).filter(branch -> !branch.equals(NO_VALUE)).toList()
        : List.of(value);
  }
}
