package dev.stipend.concurrency;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What recording events one after the other, each once, must come to. It knows nothing of batches,
/// rollups or increments.
final class LedgerModel {
  /// A budget as the database knows it.
  ///
  /// @param from the instant of the first event that counts
  record Limited(
      String id, String scope, String scopeId, String period, ZoneId zone, Instant from) {}

  /// Input, cached input and output per million tokens.
  private static final Map<String, List<String>> PRICES =
      Map.of(
          "gpt-4o", List.of("2.5", "1.25", "10"),
          "late-1", List.of("3", "1", "7"),
          "late-2", List.of("0.07", "0.01", "0.3"));

  /// What counts for one key.
  private static final class Sum {
    private BigDecimal cost = BigDecimal.ZERO;
    private final long[] counts = new long[5];
  }

  private final List<Told> events;

  LedgerModel(List<Told> events) {
    this.events = events;
  }

  /// What an event costs once every price is known; empty if none ever is.
  static Optional<BigDecimal> cost(Told event) {
    List<String> prices = PRICES.get(event.model());
    if (event.cost().isPresent() || prices == null) {
      return event.cost();
    }
    return Optional.of(
        price(event.input() - event.cached(), prices.get(0))
            .add(price(event.cached(), prices.get(1)))
            .add(price(event.output(), prices.get(2))));
  }

  private static BigDecimal price(long tokens, String perMillion) {
    return new BigDecimal(perMillion).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
  }

  /// An event as its ledger rows must add up.
  static String ledgerLine(Told event) {
    return String.join(
        "|",
        event.id(),
        Long.toString(event.micros()),
        event.user(),
        plain(cost(event).orElse(BigDecimal.ZERO)),
        cost(event).isPresent() ? "0" : "1");
  }

  /// The rows of `cost_tracking`.
  List<String> tracking() {
    Map<String, Sum> rows = new HashMap<>();
    for (Told event : events) {
      long bucket = Math.floorDiv(event.at().getEpochSecond(), 900L) * 900;
      String key =
          String.join(
              "|",
              Long.toString(bucket),
              event.user(),
              event.agent(),
              event.team(),
              event.provider(),
              event.model());
      add(rows, key, event);
    }
    List<String> lines = new ArrayList<>();
    rows.forEach((key, sum) -> lines.add(key + "|" + line(sum, 5)));
    return lines;
  }

  /// The rows of `budget_periods` that are not all zero.
  List<String> counters(List<Limited> budgets) {
    Map<String, Sum> rows = new HashMap<>();
    for (Limited budget : budgets) {
      for (Told event : events) {
        keys(budget, event).forEach(key -> add(rows, key, event));
      }
    }
    List<String> lines = new ArrayList<>();
    rows.forEach((key, sum) -> lines.add(key + "|" + line(sum, 2)));
    lines.removeIf(line -> line.endsWith("|0|0|0"));
    return lines;
  }

  /// The counters whose spend never falls, whatever the order of events.
  Set<String> risingCounters(List<Limited> budgets) {
    Set<String> rising = new HashSet<>();
    Set<String> falling = new HashSet<>();
    for (Limited budget : budgets) {
      for (Told event : events) {
        (event.refund() ? falling : rising).addAll(keys(budget, event));
      }
    }
    rising.removeAll(falling);
    return rising;
  }

  private static void add(Map<String, Sum> rows, String key, Told event) {
    Sum sum = rows.computeIfAbsent(key, first -> new Sum());
    sum.cost = sum.cost.add(cost(event).orElse(BigDecimal.ZERO));
    sum.counts[0] += event.refund() ? 0 : 1;
    sum.counts[1] += cost(event).isPresent() ? 0 : 1;
    sum.counts[2] += event.input();
    sum.counts[3] += event.cached();
    sum.counts[4] += event.output();
  }

  private static List<String> keys(Limited budget, Told event) {
    if (event.at().isBefore(budget.from())) {
      return List.of();
    }
    Instant start =
        budget.period().equals("total")
            ? budget.from()
            : start(budget.period(), event.at().atZone(budget.zone()));
    return subjects(budget, event).stream()
        .map(subject -> budget.id() + "|" + subject + "|" + start.getEpochSecond())
        .toList();
  }

  private static Instant start(String period, ZonedDateTime at) {
    return switch (period) {
      case "hourly" -> at.truncatedTo(ChronoUnit.HOURS).toInstant();
      case "daily" -> at.toLocalDate().atStartOfDay(at.getZone()).toInstant();
      case "monthly" -> at.toLocalDate().withDayOfMonth(1).atStartOfDay(at.getZone()).toInstant();
      default -> throw new IllegalArgumentException(period);
    };
  }

  private static List<String> subjects(Limited budget, Told event) {
    List<String> own =
        switch (budget.scope()) {
          case "workspace" -> List.of("default");
          case "user" -> List.of(event.user());
          case "agent" -> List.of(event.agent());
          case "team" -> List.of(event.team());
          case "model" -> List.of(event.model());
          case "tag" ->
              event.tags().entrySet().stream()
                  .map(tag -> tag.getKey() + "=" + tag.getValue())
                  .toList();
          default -> throw new IllegalArgumentException(budget.scope());
        };
    String wanted = budget.scopeId();
    return own.stream()
        .filter(subject -> !subject.isEmpty())
        .filter(
            subject ->
                wanted.equals("*")
                    || wanted.equals(subject)
                    || (wanted.endsWith("=*")
                        && subject.startsWith(wanted.substring(0, wanted.length() - 1))))
        .toList();
  }

  private static String line(Sum sum, int counts) {
    StringBuilder line = new StringBuilder(plain(sum.cost));
    for (int i = 0; i < counts; i++) {
      line.append('|').append(sum.counts[i]);
    }
    return line.toString();
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
