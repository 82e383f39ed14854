package dev.stipend.bench.recording;

import java.time.Instant;

/// One event of the sample: what a sender would tell, and what a plain insert would write.
///
/// @param input all input tokens, the cached ones included
record SampleEvent(
    String eventId,
    Instant occurredAt,
    String userId,
    String agentId,
    String workflowId,
    String teamId,
    String provider,
    String model,
    long input,
    long cachedInput,
    long output) {

  /// The body of its message. Without a cost: recording has to price it.
  String json() {
    return """
    {"eventId":"%s","occurredAt":"%s","userId":"%s","agentId":"%s","workflowId":"%s","teamId":"%s",\
    "provider":"%s","model":"%s","inputTokens":%d,"cachedInputTokens":%d,"outputTokens":%d}\
    """
        .formatted(
            eventId,
            occurredAt,
            userId,
            agentId,
            workflowId,
            teamId,
            provider,
            model,
            input,
            cachedInput,
            output);
  }

  /// Its row in a file to import. No name of the sample needs quotes.
  String csv() {
    return String.join(
        ",",
        eventId,
        occurredAt.toString(),
        userId,
        agentId,
        workflowId,
        teamId,
        provider,
        model,
        Long.toString(input),
        Long.toString(cachedInput),
        Long.toString(output));
  }
}
