package dev.stipend.ingest.format;

import dev.stipend.ingest.price.Providers;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A span that tells tokens, in the names of any library of {@link SenderTable}. Whether it is a
/// call of a model, {@link SpanCalls} decides.
///
/// - **Id.** `traceId`, a hyphen, `spanId`. **Time.** `endTimeUnixNano`.
/// - **Model.** As it was asked for, because prices and budgets know it by that name; else the
///   response's.
/// - **Provider.** By the name that LiteLLM has for it, so that a provider's budget counts all; one
///   that is unknown as it was sent.
/// - **Session.** A conversation becomes the tag `session`: it is one run, no workflow.
final class GenAiSpan {
  private static final Providers PROVIDERS = Providers.read();
  private static final int NANOS_DIGITS = 9;
  private static final int LONGEST_TIER = 40;
  private static final Pattern LOOKS_LIKE_USAGE =
      Pattern.compile("token|(?:^|[._#])usage(?:[._#]|$)", Pattern.CASE_INSENSITIVE);

  private final String path;
  private final Map<?, ?> span;
  private final SpanValues values;
  private final SpanScope scope;
  private final SpanSender sender;
  private final SpanUsage usage;
  private final String model;
  private final String responseId;
  private final String provider;

  /// @param path where the span stands in the request
  GenAiSpan(String path, Map<?, ?> span, SpanValues values, SpanScope scope) {
    this.path = path;
    this.span = span;
    this.values = values;
    this.scope = scope;
    this.sender = SenderTable.TABLE.senderOf(scope.sender(), values.attributes());
    this.model = any(sender.model());
    this.responseId = first(sender.responseId());
    this.provider = PROVIDERS.seller(first(sender.provider()), model);
    this.usage = SpanUsage.of(values, sender, sender.inputApartFor().contains(provider));
  }

  /// The id of the event, as far as the span has what it is made of.
  static String id(Map<?, ?> span) {
    return span.get("traceId") instanceof String trace
            && span.get("spanId") instanceof String own
            && !PrintableText.isInvisible(trace)
            && !PrintableText.isInvisible(own)
        ? SafeText.id(trace + "-" + own)
        : "";
  }

  String id() {
    return id(span);
  }

  SpanUsage usage() {
    return usage;
  }

  /// Which model answered; empty if the span does not say.
  String model() {
    return model;
  }

  /// What the provider called its answer; empty if the span does not say.
  String responseId() {
    return responseId;
  }

  /// Whether the span says that it is a call. One without name and library was made by hand, to
  /// tell usage.
  boolean isCall() {
    return SpanSender.match(sender.calls(), values.attributes(), name())
        || (name().isEmpty() && scope.name().isEmpty());
  }

  boolean isNoCall() {
    return SpanSender.match(sender.noCalls(), values.attributes(), name());
  }

  private String name() {
    return span.get("name") instanceof String name ? name : "";
  }

  private String first(FieldRow row) {
    return values(row)
        .filter(String.class::isInstance)
        .map(Object::toString)
        .findFirst()
        .orElse("");
  }

  /// As above, of any type: the reader of events refuses what is no text.
  private String any(FieldRow row) {
    return values(row).map(Object::toString).findFirst().orElse("");
  }

  private Stream<Object> values(FieldRow row) {
    return row.sources().stream()
        .map(values::get)
        .filter(Objects::nonNull)
        .filter(value -> !(value instanceof String text && PrintableText.isInvisible(text)));
  }

  /// The event of a call.
  ///
  /// @param around spans of the same call around this one, which may tell what this one does not
  /// @throws InvalidJsonException if the span has no id or no time
  Reading event(List<GenAiSpan> around) {
    Translation event = new Translation(path + ".");
    String id = id();
    if (id.isEmpty()) {
      throw new InvalidJsonException(path, "must have a traceId and a spanId");
    }
    event.require("eventId", path + ".traceId", id);
    event.require("occurredAt", path + ".endTimeUnixNano", time());
    List<GenAiSpan> all = new ArrayList<>(List.of(this));
    all.addAll(around);
    Function<String, @Nullable Object> told = name -> told(all, name);
    event.names(sender.names(), told);
    event.names(List.of(sender.provider(), sender.model()), told);
    nameProvider(event, all);
    SpanUsage most = mostDetailed(all).usage;
    most.tokens()
        .forEach(
            (field, value) -> event.put(field, most.names().getOrDefault(field, field), value));
    tier(event, all);
    cost(event);
    event.tags(sender.tags(), told);
    List<UnknownUsage> unknown = new ArrayList<>();
    all.forEach(each -> unknown.addAll(each.unknown()));
    return event.done(unknown);
  }

  /// The span itself and those around it go before what all of them share.
  private static @Nullable Object told(List<GenAiSpan> all, String name) {
    if (all.size() > 1) {
      for (GenAiSpan each : all) {
        Object value = each.values.own(name);
        if (value != null) {
          return value;
        }
      }
    }
    return all.getFirst().values.get(name);
  }

  private static void nameProvider(Translation event, List<GenAiSpan> all) {
    for (GenAiSpan each : all) {
      if (!each.provider.isEmpty()) {
        event.put(
            "provider",
            "provider",
            each.first(each.sender.provider()).equals(each.provider)
                ? each.provider
                : SenderTable.TABLE.providerInBudgets(each.provider));
        return;
      }
    }
  }

  private GenAiSpan mostDetailed(List<GenAiSpan> all) {
    GenAiSpan most = this;
    for (GenAiSpan each : all) {
      if (each.usage.isSame(usage) && each.usage.detail() > most.usage.detail()) {
        most = each;
      }
    }
    return most;
  }

  private static void tier(Translation event, List<GenAiSpan> all) {
    for (GenAiSpan each : all) {
      String tier = each.first(each.sender.serviceTier());
      if (!tier.isEmpty() && tier.length() <= LONGEST_TIER) {
        event.put("serviceTier", "service_tier", tier);
        return;
      }
    }
  }

  /// What a gateway reckons that the call cost; 0 is also what it says of a model without a price.
  private void cost(Translation event) {
    values(sender.cost())
        .findFirst()
        .map(LiteLlmCost::of)
        .filter(value -> value instanceof BigDecimal cost && cost.signum() > 0)
        .ifPresent(
            cost -> {
              event.put("cost", sender.cost().sources().getFirst(), cost);
              event.put("currency", "the currency of the cost (USD)", "USD");
            });
  }

  /// Whether it is a gateway's span of a call that has used nothing yet, such as one that goes on
  /// in the background.
  boolean tellsNothing() {
    return !sender.cost().sources().isEmpty()
        && usage.input() == 0
        && usage.output() == 0
        && values(sender.cost())
            .map(LiteLlmCost::of)
            .noneMatch(value -> value instanceof BigDecimal cost && cost.signum() != 0);
  }

  /// What looks like usage and is in no table.
  List<UnknownUsage> unknown() {
    List<UnknownUsage> unknown = new ArrayList<>();
    if (!usage.totalOnly().isEmpty()) {
      // It counts as input; what of it was output may cost more.
      unknown.add(unknown(usage.totalOnly(), String.valueOf(usage.input())));
    }
    values.numbers(
        SenderTable.TABLE.objects(),
        (name, number) -> {
          if (number.signum() > 0
              && looksLikeUsage(name)
              && !sender.known().contains(name)
              && !sender.ignored().match(name)) {
            unknown.add(unknown(name, number.toString()));
          }
        });
    return unknown;
  }

  private static boolean looksLikeUsage(String name) {
    return LOOKS_LIKE_USAGE.matcher(name).find();
  }

  /// That nobody can say of which model the usage is.
  UnknownUsage withoutModel() {
    return unknown(
        UnknownUsage.NO_MODEL,
        usage.input() + " input tokens, " + usage.output() + " output tokens");
  }

  private UnknownUsage unknown(String attribute, String value) {
    String library = scope.name().isEmpty() ? sender.library() : scope.name();
    return new UnknownUsage(library, scope.version(), attribute, value);
  }

  private String time() {
    for (String name : List.of("endTimeUnixNano", "startTimeUnixNano")) {
      Object value = span.get(name);
      Object nanos = value == null ? BigDecimal.ZERO : SpanAttributes.wholeNumber(value);
      if (!(nanos instanceof BigDecimal number)) {
        throw new InvalidJsonException(path + "." + name, "must be nanoseconds since 1970");
      }
      if (number.signum() != 0) {
        return Translation.instant(number, NANOS_DIGITS, path + "." + name).toString();
      }
    }
    throw new InvalidJsonException(path + ".endTimeUnixNano", "is required");
  }
}
