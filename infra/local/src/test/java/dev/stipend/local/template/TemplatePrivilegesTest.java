package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the template to least privilege, secrets by reference, and logs that end.
class TemplatePrivilegesTest {
  private static final Pattern SECRET_NAME =
      Pattern.compile("KEY|SECRET|TOKEN|PASSWORD|WEBHOOK|DATABASE_URL|SMTP_URL|CREDENTIAL");
  private static final Object NO_VALUE = new Intrinsic("Ref", "AWS::NoValue");

  private final SamTemplate template;

  TemplatePrivilegesTest() throws IOException {
    template = SamTemplate.read(Path.of("../../template.yaml"));
  }

  @Test
  void everyFunctionHasALogGroupOfItsOwnThatForgets() {
    assertThat(functions())
        .extracting(function -> function.properties().block("LoggingConfig").reference("LogGroup"))
        .doesNotHaveDuplicates()
        .allSatisfy(
            logGroup ->
                assertThat(
                        template
                            .resource("AWS::Logs::LogGroup", logGroup)
                            .properties()
                            .number("RetentionInDays"))
                    .isPresent());
  }

  @Test
  void everyFunctionHasARoleOfItsOwn() {
    assertThat(functions())
        .extracting(function -> function.properties().reference("Role"))
        .doesNotHaveDuplicates()
        .allSatisfy(role -> assertThat(template.resource("AWS::IAM::Role", role)).isNotNull());
  }

  @Test
  void everyPolicyNamesItsActionsAndResources() {
    List<Map<?, ?>> permissions =
        Stream.of("AWS::IAM::Role", "AWS::IAM::ManagedPolicy")
            .flatMap(template::resources)
            .flatMap(
                resource ->
                    Stream.of("Policies", "PolicyDocument")
                        .map(resource.properties()::raw)
                        .flatMap(Optional::stream))
            .flatMap(TemplatePrivilegesTest::mappingsIn)
            .filter(mapping -> mapping.containsKey("Effect"))
            .toList();

    assertThat(permissions)
        .hasSizeGreaterThan(template.functions().size())
        .allSatisfy(
            permission -> {
              assertThat(permission.get("Action")).asString().isNotEmpty().doesNotContain("*");
              // Objects of a bucket have no other name than what is below a prefix.
              String resource = String.valueOf(permission.get("Resource"));
              assertThat(resource.replace(":s3:::${Place}/*", "")).isNotEmpty().doesNotContain("*");
              assertThat(permission.containsKey("NotAction")).isFalse();
              assertThat(permission.containsKey("NotResource")).isFalse();
            });
  }

  @Test
  void rolesTakeOnlyPoliciesOfThisTemplate() {
    assertThat(template.resources("AWS::IAM::Role"))
        .flatExtracting(role -> role.properties().oneOrMore("ManagedPolicyArns"))
        .containsOnly(new Intrinsic("Ref", "RunTimePolicy"));
    assertThat(functions())
        .allSatisfy(
            function -> assertThat(function.properties().keys()).doesNotContain("Policies"));
  }

  @Test
  void secretsReachAFunctionByReferenceOnly() {
    assertThat(functions())
        .allSatisfy(
            function -> {
              Block variables = function.properties().block("Environment").block("Variables");
              assertThat(variables.keys()).contains("DATABASE_URL_ARN");
              assertThat(variables.keys())
                  .filteredOn(name -> SECRET_NAME.matcher(name).find())
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

  private static Stream<Map<?, ?>> mappingsIn(Object value) {
    return switch (value) {
      case Map<?, ?> mapping ->
          Stream.concat(
              Stream.of(mapping),
              mapping.values().stream().flatMap(TemplatePrivilegesTest::mappingsIn));
      case Collection<?> list -> list.stream().flatMap(TemplatePrivilegesTest::mappingsIn);
      case Intrinsic(String function, Object argument) -> mappingsIn(argument);
      default -> Stream.empty();
    };
  }
}
