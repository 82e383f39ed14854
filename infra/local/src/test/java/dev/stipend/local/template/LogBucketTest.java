package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Holds the bucket of Bedrock's logs to its way: told of to the usage queue by nobody else, and
/// absent unless it is asked for.
class LogBucketTest {
  private static final Path FILE = Path.of("../../template.yaml");
  private static final Object QUEUE = new Intrinsic("GetAtt", "UsageQueue.Arn");
  private static final Object BUCKET = new Intrinsic("Ref", "BedrockLogBucket");

  private final SamTemplate template;

  LogBucketTest() throws IOException {
    template = SamTemplate.read(FILE);
  }

  @Test
  void newLogsOfTheBucketAloneAreToldToTheUsageQueue() {
    Block rule = template.resource("AWS::Events::Rule", "BedrockLogRule").properties();
    Block pattern = rule.block("EventPattern");
    assertThat(pattern.oneOrMore("source")).containsExactly("aws.s3");
    assertThat(pattern.oneOrMore("detail-type")).containsExactly("Object Created");
    assertThat(pattern.block("detail").block("bucket").oneOrMore("name")).containsExactly(BUCKET);
    assertThat(pattern.block("detail").block("object").oneOrMore("key"))
        .containsExactly(Map.of("wildcard", "*/BedrockModelInvocationLogs/*"));
    assertThat(rule.oneOrMore("Targets")).containsExactly(Map.of("Id", "UsageQueue", "Arn", QUEUE));
  }

  @Test
  void onlyTheRuleAndTheBucketItselfMaySendThere() {
    Block policy = template.resource("AWS::SQS::QueuePolicy", "UsageQueuePolicy").properties();
    assertThat(policy.oneOrMore("Queues")).containsExactly(new Intrinsic("Ref", "UsageQueue"));
    assertThat(policy.block("PolicyDocument").oneOrMore("Statement"))
        .containsExactly(
            sends(
                "events.amazonaws.com",
                Map.of(
                    "ArnEquals",
                    Map.of("aws:SourceArn", new Intrinsic("GetAtt", "BedrockLogRule.Arn")))),
            sends(
                "s3.amazonaws.com",
                Map.of(
                    "ArnEquals",
                    Map.of(
                        "aws:SourceArn",
                        new Intrinsic("Sub", "arn:${AWS::Partition}:s3:::${BedrockLogBucket}")),
                    "StringEquals",
                    Map.of("aws:SourceAccount", new Intrinsic("Ref", "AWS::AccountId")))));
  }

  private static Map<String, Object> sends(String service, Map<String, Object> condition) {
    return Map.of(
        "Effect",
        "Allow",
        "Principal",
        Map.of("Service", service),
        "Action",
        "sqs:SendMessage",
        "Resource",
        QUEUE,
        "Condition",
        condition);
  }

  @Test
  void nothingOfItIsThereWithoutABucket() throws IOException {
    String text = Files.readString(FILE);
    for (String resource : List.of("BedrockLogRule", "UsageQueuePolicy")) {
      assertThat(text)
          .containsPattern(
              "  " + resource + ":\n    Type: [A-Z:a-z]+\n    Condition: HasBedrockLogBucket\n");
    }
    assertThat(text).contains("  BedrockLogBucket:\n    Type: String\n    Default: \"\"\n");
    assertThat(
            template
                .resource(Resource.FUNCTION, "RecordUsageFunction")
                .properties()
                .block("Environment")
                .block("Variables")
                .raw("BEDROCK_LOG_BUCKET"))
        .contains(
            new Intrinsic(
                "If",
                List.of("HasBedrockLogBucket", BUCKET, new Intrinsic("Ref", "AWS::NoValue"))));
  }
}
