package dev.stipend.ingest.format;

import dev.stipend.platform.json.InvalidJsonException;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call of a model that a coding agent tells in a log record.
///
/// - **Id.** The agent, its session, the record's sequence and time: the sequence begins anew when
///   a session is resumed. Without a sequence, a fingerprint of the record stands in its place.
/// - **Agent.** The tool, such as `claude-code`; who works with it is the user.
/// - **Cost.** None is told, so that the price book decides. What the agent reckons is the tag
///   `reported_cost`; the ledger takes it where the book has no price.
/// - **Plan.** The tag `plan` is `subscription` where the record tells that nothing is billed by
///   call, or what the sender's resource attribute `plan` says.
final class AgentCall {
  private static final int MOST_DIGITS = 20;

  /// What asks for another context length, such as `[1m]`, is no part of a model's name.
  private static final Pattern OPTION = Pattern.compile("\\[[0-9A-Za-z]+]$");

  private final CodingAgent agent;
  private final LogRecord log;
  private final Translation event;

  AgentCall(CodingAgent agent, LogRecord log) {
    this.agent = agent;
    this.log = log;
    event = new Translation(log.path() + ".");
  }

  /// @throws InvalidJsonException if the record has no time
  Reading event() {
    event.require("occurredAt", log.path() + ".timeUnixNano", log.at().toString());
    event.require("eventId", log.path(), id());
    event.put("agentId", "service.name", agent.name());
    event.names(agent.names(), this::value);
    String provider = agent.provider().of(log::get);
    event.put("provider", "provider", provider.isEmpty() ? null : provider);
    agent.tokens().forEach(this::sum);
    event.counts(List.of(), log::get);
    String tier = agent.serviceTier().of(log::get);
    event.put("serviceTier", "service tier", tier.isEmpty() ? null : tier);
    tags();
    return event.done();
  }

  private String id() {
    String sequence = log.text(agent.sequence());
    return SafeText.id(
        Stream.of(
                agent.name(),
                log.text(agent.session()),
                sequence.isEmpty() ? log.digest() : sequence,
                log.nanos().toPlainString())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("-")));
  }

  private @Nullable Object value(String source) {
    Object value = log.get(source);
    return value instanceof String text ? OPTION.matcher(text).replaceFirst("") : value;
  }

  /// A native field whose parts are told one by one.
  private void sum(FieldRow row) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String source : row.sources()) {
      Object told = log.get(source);
      Object value = told == null ? BigDecimal.ZERO : SpanAttributes.wholeNumber(told);
      if (!(value instanceof BigDecimal number) || !isSmall(number)) {
        event.put(row.field(), source, value);
        return;
      }
      sum = sum.add(number);
    }
    if (sum.signum() != 0) {
      event.put(row.field(), row.sources().getFirst(), sum);
    }
  }

  /// Adding 1e300000000 would write it out.
  private static boolean isSmall(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  private void tags() {
    event.tag("session", log.text(agent.session()));
    String plan = agent.plan().of(log::get);
    event.tag("plan", plan.isEmpty() ? log.text(List.of("plan")) : plan);
    agent.reportedCost().stream()
        .map(source -> LiteLlmCost.of(log.get(source)))
        .filter(cost -> cost instanceof BigDecimal amount && amount.signum() > 0)
        .map(BigDecimal.class::cast)
        .findFirst()
        .ifPresent(cost -> event.tag("reported_cost", cost.stripTrailingZeros().toPlainString()));
    event.tags(agent.tags(), log::get);
    event.tag(
        "environment", log.text(List.of("deployment.environment.name", "deployment.environment")));
  }
}
