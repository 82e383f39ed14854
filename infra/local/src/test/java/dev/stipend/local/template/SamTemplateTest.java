package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

class SamTemplateTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Pace:
          Type: String
          Default: rate(7 minutes)
        Bare:
          Type: String
      Globals:
        Function:
          Timeout: 20
          MemorySize: 512
          Environment:
            Variables:
              SHARED: yes, in all
      Resources:
        Work:
          Type: AWS::Serverless::Function
          DependsOn: Inbox
          Properties:
            Handler: example.Work
            Timeout: 40
            Environment:
              Variables:
                OWN: !If [Some, !Ref Inbox, !Ref AWS::NoValue]
            Events:
              Messages:
                Type: SQS
                Properties:
                  Queue: !GetAtt Inbox.Arn
                  BatchSize: 25
                  MaximumBatchingWindowInSeconds: 2
                  FunctionResponseTypes: [ReportBatchItemFailures]
                  ScalingConfig:
                    MaximumConcurrency: 4
              Often:
                Type: ScheduleV2
                Properties:
                  ScheduleExpression: !Ref Pace
                  ScheduleExpressionTimezone: Europe/Paris
                  Input: '{"verb":"work"}'
                  RetryPolicy:
                    MaximumRetryAttempts: 1
                    MaximumEventAgeInSeconds: 90
              Page:
                Type: HttpApi
                Properties:
                  Method: GET
                  Path: /pages/{id}
                  PayloadFormatVersion: "2.0"
        Plain:
          Type: AWS::Serverless::Function
          Properties:
            Handler: example.Plain
            Events:
              Messages:
                Type: SQS
                Properties:
                  Queue: !GetAtt Spent.Arn
              Rarely:
                Type: ScheduleV2
                Properties:
                  ScheduleExpression: cron(0 4 * * ? *)
              Rest:
                Type: HttpApi
        Inbox:
          Type: AWS::SQS::Queue
          Properties:
            VisibilityTimeout: 240
            MessageRetentionPeriod: 600
            RedrivePolicy:
              deadLetterTargetArn: !GetAtt Spent.Arn
              maxReceiveCount: 3
        Spent:
          Type: AWS::SQS::Queue
      """;

  private final SamTemplate template = read(TEMPLATE);

  @Test
  void aFunctionTakesFromTheGlobalsWhatItDoesNotSayItself() {
    assertThat(template.functions())
        .containsExactly(
            new FunctionResource(
                "Work", "example.Work", Duration.ofSeconds(40), 512, List.of("SHARED", "OWN")),
            new FunctionResource(
                "Plain", "example.Plain", Duration.ofSeconds(20), 512, List.of("SHARED")));
    assertThat(template.function("Plain")).isEqualTo(template.functions().getLast());
  }

  @Test
  void mappingsOfAFunctionAreMergedWithThoseOfTheGlobals() {
    Block variables =
        template
            .resources(Resource.FUNCTION)
            .findFirst()
            .orElseThrow()
            .properties()
            .block("Environment")
            .block("Variables");

    assertThat(variables.keys()).containsExactly("SHARED", "OWN");
  }

  @Test
  void queuesAreReadWithTheirRedrive() {
    assertThat(template.queue("Inbox"))
        .isEqualTo(
            new QueueResource(
                "Inbox",
                Duration.ofMinutes(4),
                Duration.ofMinutes(10),
                Optional.of(new QueueResource.Redrive("Spent", 3))));
  }

  @Test
  void whatAQueueLeavesOutIsTheDefaultOfSqs() {
    assertThat(template.queue("Spent"))
        .isEqualTo(
            new QueueResource(
                "Spent", Duration.ofSeconds(30), Duration.ofDays(4), Optional.empty()));
  }

  @Test
  void sqsTriggersNameFunctionAndQueue() {
    assertThat(template.sqsTriggers())
        .containsExactly(
            new SqsTrigger("Work", "Inbox", 25, Duration.ofSeconds(2), true, OptionalInt.of(4)),
            new SqsTrigger("Plain", "Spent", 10, Duration.ZERO, false, OptionalInt.empty()));
  }

  @Test
  void schedulesHaveTheDefaultOfTheParameterTheyReferTo() {
    assertThat(template.scheduleTriggers())
        .containsExactly(
            new ScheduleTrigger(
                "Work",
                "rate(7 minutes)",
                Optional.of(ZoneId.of("Europe/Paris")),
                Optional.of("{\"verb\":\"work\"}"),
                1,
                Duration.ofSeconds(90)),
            new ScheduleTrigger(
                "Plain",
                "cron(0 4 * * ? *)",
                Optional.empty(),
                Optional.empty(),
                185,
                Duration.ofDays(1)));
  }

  @Test
  void aRouteWithoutMethodAndPathTakesEverything() {
    assertThat(template.httpTriggers())
        .containsExactly(
            new HttpTrigger("Work", "GET", "/pages/{id}", "2.0"),
            new HttpTrigger("Plain", "ANY", "$default", "2.0"));
  }

  @Test
  void aReferenceToAParameterWithoutDefaultStaysAReference() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(TEMPLATE.replace("!Ref Pace", "!Ref Bare")).scheduleTriggers())
        .withMessageContaining("Resources.Work.Properties.Events.Often.Properties")
        .withMessageContaining("ScheduleExpression must be text, found Intrinsic")
        .withMessageContaining("Bare");
  }

  @Test
  void aValueOfTheWrongShapeIsNamedByItsPath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(TEMPLATE.replace("240", "four minutes")).queues())
        .withMessage(
            "template.yaml: Resources.Inbox.Properties.VisibilityTimeout must be a whole number,"
                + " found four minutes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(TEMPLATE.replace("!GetAtt Inbox.Arn", "some-queue")).sqsTriggers())
        .withMessageContaining("Queue must be !Ref or !GetAtt, found some-queue");
  }

  @Test
  void anUnknownLogicalIdIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.queue("Outbox"))
        .withMessage("no AWS::SQS::Queue called Outbox");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.function("Rest"))
        .withMessage("no AWS::Serverless::Function called Rest");
  }

  @Test
  void aRepeatedKeyIsRefused() {
    assertThatThrownBy(() -> read(TEMPLATE.replace("  Plain:", "  Work:")))
        .isInstanceOf(YAMLException.class)
        .hasMessageContaining("duplicate key Work");
  }

  @Test
  void aFileThatIsNoMappingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> read("- a list"));
  }

  private static SamTemplate read(String text) {
    return SamTemplate.read(new StringReader(text));
  }
}
