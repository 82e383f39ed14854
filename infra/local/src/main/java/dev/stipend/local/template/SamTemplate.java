package dev.stipend.local.template;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/// An AWS SAM template, read into what a runtime needs to know. Lists keep the order of the file.
public final class SamTemplate {
  private final List<Resource> resources;

  private SamTemplate(List<Resource> resources) {
    this.resources = resources;
  }

  /// Reads a template file.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws org.yaml.snakeyaml.error.YAMLException if it is not YAML, or repeats a key
  /// @throws IllegalArgumentException if it is not a mapping, or has no well-formed resource
  public static SamTemplate read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(reader);
    }
  }

  static SamTemplate read(Reader reader) {
    Object file = new Yaml(new ShortTagConstructor()).load(reader);
    if (!(file instanceof Map<?, ?> mapping)) {
      throw new IllegalArgumentException("a template is a mapping, found " + file);
    }
    Block root = Block.root(mapping);
    Block globals = root.block("Globals").block("Function");
    Block declarations = root.block("Resources");
    return new SamTemplate(
        declarations.keys().stream()
            .map(id -> Resource.of(id, declarations.block(id), globals))
            .toList());
  }

  /// Every Lambda function.
  public List<FunctionResource> functions() {
    return resources(Resource.FUNCTION).map(FunctionResource::of).toList();
  }

  /// The function with this logical id.
  ///
  /// @throws IllegalArgumentException if there is none
  public FunctionResource function(String logicalId) {
    return FunctionResource.of(resource(Resource.FUNCTION, logicalId));
  }

  /// Every queue, dead-letter queues included.
  public List<QueueResource> queues() {
    return resources(Resource.QUEUE).map(QueueResource::of).toList();
  }

  /// The queue with this logical id.
  ///
  /// @throws IllegalArgumentException if there is none
  public QueueResource queue(String logicalId) {
    return QueueResource.of(resource(Resource.QUEUE, logicalId));
  }

  /// Every queue that feeds a function.
  public List<SqsTrigger> sqsTriggers() {
    return triggers("SQS", SqsTrigger::of);
  }

  /// Every schedule of a function that is on: one whose state depends on a condition is off, as it
  /// is until somebody gives the parameters.
  public List<ScheduleTrigger> scheduleTriggers() {
    return triggers("ScheduleV2", SamTemplate::isOn, ScheduleTrigger::of);
  }

  private static boolean isOn(Block schedule) {
    return schedule.raw("State").map("ENABLED"::equals).orElse(true);
  }

  /// Every HTTP route to a function.
  public List<HttpTrigger> httpTriggers() {
    return triggers("HttpApi", HttpTrigger::of);
  }

  /// Every resource of one type.
  Stream<Resource> resources(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type));
  }

  /// The resource of this type and logical id.
  ///
  /// @throws IllegalArgumentException if there is none
  Resource resource(String type, String logicalId) {
    return resources(type)
        .filter(resource -> resource.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no %s called %s".formatted(type, logicalId)));
  }

  private <T> List<T> triggers(String type, BiFunction<String, Block, T> reader) {
    return triggers(type, properties -> true, reader);
  }

  private <T> List<T> triggers(
      String type, Predicate<Block> wanted, BiFunction<String, Block, T> reader) {
    return resources(Resource.FUNCTION)
        .flatMap(
            function -> {
              Block events = function.properties().block("Events");
              return events.keys().stream()
                  .map(events::block)
                  .filter(event -> event.requiredText("Type").equals(type))
                  .map(event -> event.block("Properties"))
                  .filter(wanted)
                  .map(properties -> reader.apply(function.logicalId(), properties));
            })
        .toList();
  }
}
