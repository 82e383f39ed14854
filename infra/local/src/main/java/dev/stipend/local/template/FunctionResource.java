package dev.stipend.local.template;

import java.time.Duration;
import java.util.List;

/// A Lambda function as the template declares it, `Globals` included.
///
/// @param logicalId the name in the template, which is the simple name of the handler class
/// @param handler the full name of the handler class
/// @param timeout after which Lambda ends an invocation
/// @param memoryMegabytes which also decides the share of a processor
/// @param variables the names of what its environment may hold
public record FunctionResource(
    String logicalId,
    String handler,
    Duration timeout,
    int memoryMegabytes,
    List<String> variables) {
  /// The same function with other memory.
  public FunctionResource withMemory(int megabytes) {
    return new FunctionResource(logicalId, handler, timeout, megabytes, variables);
  }

  static FunctionResource of(Resource resource) {
    Block properties = resource.properties();
    return new FunctionResource(
        resource.logicalId(),
        properties.requiredText("Handler"),
        Duration.ofSeconds(properties.number("Timeout").orElse(3)),
        properties.number("MemorySize").orElse(128),
        properties.block("Environment").block("Variables").keys());
  }
}
