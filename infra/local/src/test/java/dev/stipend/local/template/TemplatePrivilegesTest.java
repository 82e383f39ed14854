package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the template to least privilege, and to logs that end.
class TemplatePrivilegesTest {
  private static final String RUN_TIME =
      "HasUrlSecret? secretsmanager:GetSecretValue on HasDatabaseUrlPooled?"
          + " DatabaseUrlPooledSecretArn, HasDirectUrlOnly? DatabaseUrlSecretArn";
  private static final String CHANNEL_SECRETS =
      "secretsmanager:GetSecretValue on arn:${AWS::Partition}:secretsmanager:${AWS::Region}:"
          + "${AWS::AccountId}:secret:stipend/channels/*";
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

  /// Whoever changes a policy says so here, too. A condition stands before what depends on it.
  @Test
  void everyFunctionMayDoExactlyThis() {
    assertThat(permissions("MigrateDatabaseRole"))
        .containsExactlyInAnyOrderElementsOf(
            with(
                "logs:CreateLogStream, logs:PutLogEvents on MigrateDatabaseLogGroup.Arn",
                "secretsmanager:GetSecretValue on AdminApiKey, HasDatabaseUrlSecret?"
                    + " DatabaseUrlSecretArn"));
    assertThat(permissions("RecordUsageRole"))
        .containsExactlyInAnyOrderElementsOf(
            with(
                RUN_TIME,
                "logs:CreateLogStream, logs:PutLogEvents on RecordUsageLogGroup.Arn",
                "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes,"
                    + " sqs:ChangeMessageVisibility on UsageQueue.Arn",
                "sqs:SendMessage on AlertsQueue.Arn",
                "HasBedrockLogBucket? s3:GetObject on arn:${AWS::Partition}:s3:::"
                    + "${BedrockLogBucket}/*AWSLogs/*/BedrockModelInvocationLogs/*",
                "HasBedrockLogBucket? HasBedrockLogKmsKey? kms:Decrypt on BedrockLogKmsKeyArn"));
    assertThat(permissions("DeliverAlertsRole"))
        .containsExactlyInAnyOrderElementsOf(
            with(
                RUN_TIME,
                "logs:CreateLogStream, logs:PutLogEvents on DeliverAlertsLogGroup.Arn",
                "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:SendMessage on"
                    + " AlertsQueue.Arn",
                CHANNEL_SECRETS,
                "HasSlackWebhookUrl? secretsmanager:GetSecretValue on SlackWebhookUrlSecretArn",
                "HasSendgridApiKey? secretsmanager:GetSecretValue on SendgridApiKeySecretArn",
                "HasSmtpUrl? secretsmanager:GetSecretValue on SmtpUrlSecretArn",
                "HasSesIdentity? ses:SendEmail on SesIdentityArn",
                "HasWebhookUrl? secretsmanager:GetSecretValue on WebhookUrlSecretArn",
                "HasWebhookSigningSecret? secretsmanager:GetSecretValue on"
                    + " WebhookSigningSecretArn",
                "HasSlackBotToken? secretsmanager:GetSecretValue on SlackBotTokenSecretArn",
                "HasSlackSigningSecret? secretsmanager:GetSecretValue on SlackSigningSecretArn"));
    assertThat(permissions("SweepBudgetsRole"))
        .containsExactlyInAnyOrderElementsOf(
            with(
                RUN_TIME,
                "logs:CreateLogStream, logs:PutLogEvents on SweepBudgetsLogGroup.Arn",
                "sqs:SendMessage on AlertsQueue.Arn",
                "HasSourceHosts? " + CHANNEL_SECRETS));
    assertThat(permissions("MaintainLedgerRole"))
        .containsExactlyInAnyOrderElementsOf(
            with(
                RUN_TIME,
                "logs:CreateLogStream, logs:PutLogEvents on MaintainLedgerLogGroup.Arn",
                "sqs:SendMessage on AlertsQueue.Arn",
                "MaintainsPackBesidePooler? secretsmanager:GetSecretValue on DatabaseUrlSecretArn",
                "HasUsageArchiveBucket? s3:PutObject, s3:GetObject, s3:AbortMultipartUpload on"
                    + " arn:${AWS::Partition}:s3:::${Place}/*"));
    assertThat(permissions("BudgetApiRole"))
        .containsExactlyInAnyOrderElementsOf(
            with(
                RUN_TIME,
                "logs:CreateLogStream, logs:PutLogEvents on BudgetApiLogGroup.Arn",
                "sqs:SendMessage on AlertsQueue.Arn",
                CHANNEL_SECRETS,
                "HasSlackWebhookUrl? secretsmanager:GetSecretValue on SlackWebhookUrlSecretArn",
                "HasSendgridApiKey? secretsmanager:GetSecretValue on SendgridApiKeySecretArn",
                "HasSmtpUrl? secretsmanager:GetSecretValue on SmtpUrlSecretArn",
                "HasSesIdentity? ses:SendEmail on SesIdentityArn",
                "HasWebhookUrl? secretsmanager:GetSecretValue on WebhookUrlSecretArn",
                "HasWebhookSigningSecret? secretsmanager:GetSecretValue on"
                    + " WebhookSigningSecretArn",
                "HasSlackBotToken? secretsmanager:GetSecretValue on SlackBotTokenSecretArn",
                "HasSlackSigningSecret? secretsmanager:GetSecretValue on SlackSigningSecretArn"));
    assertThat(template.resources("AWS::IAM::Role")).hasSize(template.functions().size());
  }

  /// With what every function may do where RDS is concerned.
  private static List<String> with(String... own) {
    List<String> all = new ArrayList<>(List.of(own));
    all.add(
        "NeedsDatabasePolicy? HasDatabaseSecret? secretsmanager:GetSecretValue on"
            + " DatabaseSecretArn");
    all.add(
        "NeedsDatabasePolicy? SignsInWithIam? rds-db:connect on"
            + " arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${DatabaseResourceId}/${DatabaseIamUser}");
    all.add("NeedsDatabasePolicy? HasSecretsKmsKey? kms:Decrypt on SecretsKmsKeyArn");
    all.add(
        "NeedsDatabasePolicy? IsInVpc? ec2:CreateNetworkInterface, ec2:DeleteNetworkInterface,"
            + " ec2:AssignPrivateIpAddresses, ec2:UnassignPrivateIpAddresses on"
            + " arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:*/*");
    // EC2 describes all or nothing.
    all.add(
        "NeedsDatabasePolicy? IsInVpc? ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets on *");
    all.add(
        "NeedsDatabasePolicy? IsInVpc? never by"
            + " arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*: ec2:* on"
            + " *");
    return all;
  }

  private List<String> permissions(String role) {
    Block properties = template.resource("AWS::IAM::Role", role).properties();
    List<String> all = new ArrayList<>();
    for (Object policy : properties.oneOrMore("ManagedPolicyArns")) {
      Choice choice = Choice.of(policy);
      all.addAll(
          statements(
                  template
                      .resource(
                          "AWS::IAM::ManagedPolicy",
                          choice.value() instanceof Intrinsic(String ref, Object name)
                              ? String.valueOf(name)
                              : "")
                      .properties()
                      .raw("PolicyDocument")
                      .orElseThrow())
              .stream()
              .map(choice::before)
              .toList());
    }
    for (Object policy : properties.oneOrMore("Policies")) {
      Choice choice = Choice.of(policy);
      Map<?, ?> document = (Map<?, ?>) choice.value();
      statements(Objects.requireNonNull(document.get("PolicyDocument"))).stream()
          .map(choice::before)
          .forEach(all::add);
    }
    return all;
  }

  private static List<String> statements(Object document) {
    List<String> all = new ArrayList<>();
    for (Object each : list(Objects.requireNonNull(((Map<?, ?>) document).get("Statement")))) {
      Choice choice = Choice.of(each);
      Map<?, ?> statement = (Map<?, ?>) choice.value();
      all.add(
          choice.before(
              "%s%s on %s"
                  .formatted(
                      effect(statement),
                      joined(Objects.requireNonNull(statement.get("Action"))),
                      joined(Objects.requireNonNull(statement.get("Resource"))))));
    }
    return all;
  }

  /// Allowed to all; or forbidden to what functions themselves ask for.
  private static String effect(Map<?, ?> statement) {
    if ("Allow".equals(statement.get("Effect"))) {
      assertThat(statement.keySet().stream().map(String::valueOf))
          .containsExactlyInAnyOrder("Effect", "Action", "Resource");
      return "";
    }
    assertThat(statement.get("Effect")).isEqualTo("Deny");
    Map<?, ?> likes = (Map<?, ?>) Objects.requireNonNull(statement.get("Condition"));
    Map<?, ?> like = (Map<?, ?>) Objects.requireNonNull(likes.get("ArnLike"));
    return "never by %s: "
        .formatted(name(Objects.requireNonNull(like.get("lambda:SourceFunctionArn"))));
  }

  /// Something that may depend on a condition, and is absent without it.
  private record Choice(String condition, Object value) {
    static Choice of(Object value) {
      if (value instanceof Intrinsic(String function, List<?> branches) && function.equals("If")) {
        assertThat(branches.get(2)).isEqualTo(NO_VALUE);
        return new Choice(branches.getFirst() + "? ", branches.get(1));
      }
      return new Choice("", value);
    }

    String before(String text) {
      return condition + text;
    }
  }

  private static String joined(Object value) {
    return list(value).stream()
        .map(Choice::of)
        .map(choice -> choice.before(name(choice.value())))
        .collect(Collectors.joining(", "));
  }

  private static String name(Object value) {
    return value instanceof Intrinsic(String function, Object argument)
        ? name(argument)
        : value instanceof List<?> list ? name(list.getFirst()) : String.valueOf(value);
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }

  @Test
  void rolesTakeOnlyPoliciesOfThisTemplate() {
    assertThat(functions())
        .allSatisfy(
            function -> assertThat(function.properties().keys()).doesNotContain("Policies"));
  }

  private List<Resource> functions() {
    return template.resources(Resource.FUNCTION).toList();
  }
}
