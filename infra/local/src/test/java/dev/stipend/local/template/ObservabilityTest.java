package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds alarms and dashboard against what there is to watch.
class ObservabilityTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern OWN = Pattern.compile("\\[\"Stipend\",\"(\\w+)\"");

  private final String text;
  private final SamTemplate observability;
  private final SamTemplate template;

  ObservabilityTest() throws IOException {
    text = Files.readString(ROOT.resolve("infra/observability.yaml"));
    observability = SamTemplate.read(ROOT.resolve("infra/observability.yaml"));
    template = SamTemplate.read(ROOT.resolve("template.yaml"));
  }

  @Test
  void everyFigureThatIsWatchedIsOneThatTheCodeWrites() {
    Set<String> written =
        Arrays.stream(Metric.values()).map(Metric::label).collect(Collectors.toSet());
    Stream<String> alarms =
        alarms().stream()
            .filter(alarm -> alarm.properties().raw("Namespace").orElseThrow().equals("Stipend"))
            .map(alarm -> alarm.properties().requiredText("MetricName"));
    Stream<String> shown = OWN.matcher(text).results().map(found -> found.group(1));
    assertThat(Stream.concat(alarms, shown)).isNotEmpty().allMatch(written::contains);
  }

  @Test
  void everyFigureThatTheCodeWritesIsShownOrWatched() {
    assertThat(Metric.values()).allMatch(metric -> text.contains(metric.label()));
  }

  @Test
  void everyFunctionAndEveryQueueIsWatched() {
    assertThat(template.functions())
        .allSatisfy(
            function -> {
              String name = function.logicalId().replace("Function", "");
              assertThat(alarms())
                  .extracting(Resource::logicalId)
                  .contains(name + "Errors", name + "Throttles");
              assertThat(text).contains("Fn::Sub: ${Stack}-" + function.logicalId());
            });
    assertThat(alarms())
        .extracting(Resource::logicalId)
        .contains(
            "UsageDeadLetters",
            "UsageAreLate",
            "AlertsDeadLetters",
            "AlertsAreLate",
            "SweepIsSilent",
            "DeliveriesFail",
            "TotalsDiffer",
            "MigrationFails");
  }

  @Test
  void everyImportIsExported() throws IOException {
    String exports = Files.readString(ROOT.resolve("template.yaml"));
    assertThat(
            Pattern.compile("Fn::Sub: \\$\\{Stack}-(\\w+)")
                .matcher(text)
                .results()
                .map(found -> "Name: !Sub ${AWS::StackName}-" + found.group(1)))
        .isNotEmpty()
        .allSatisfy(export -> assertThat(exports).contains(export));
  }

  @Test
  void anAlarmTellsSomebodyAndAlsoThatItIsOver() {
    assertThat(alarms())
        .allSatisfy(
            alarm ->
                assertThat(alarm.properties().keys())
                    .contains("AlarmDescription", "AlarmActions", "OKActions", "TreatMissingData"));
  }

  private List<Resource> alarms() {
    return observability.resources("AWS::CloudWatch::Alarm").toList();
  }
}
