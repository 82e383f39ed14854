package dev.stipend.ingest.record;

import dev.stipend.ingest.ledger.EventDigest;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.ingest.ledger.UsageEvent;
import dev.stipend.ingest.record.RecordOutcome.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/// The first event of each identity among many: at most that one is recorded, and every other is
/// compared with what its identity stands for.
///
/// @param identity identifies an event
/// @param byIdentity the first ones, in their order
/// @param <K> an identity
public record DistinctEvents<K>(Function<UsageEvent, K> identity, Map<K, UsageEvent> byIdentity) {
  public static <K> DistinctEvents<K> of(
      List<UsageEvent> events, Function<UsageEvent, K> identity) {
    Map<K, UsageEvent> distinct = LinkedHashMap.newLinkedHashMap(events.size());
    events.forEach(event -> distinct.putIfAbsent(identity.apply(event), event));
    return new DistinctEvents<>(identity, distinct);
  }

  public List<UsageEvent> events() {
    return List.copyOf(byIdentity.values());
  }

  /// The identities that are none of these.
  public List<K> except(Set<K> some) {
    return byIdentity.keySet().stream().filter(one -> !some.contains(one)).toList();
  }

  /// What became of events.
  ///
  /// @param fresh those that were recorded now
  /// @param refused why others of the first ones were not, by their identity
  /// @param known what was recorded before, by its identity
  /// @param isSame whether what was recorded before is an event
  public <V> List<RecordOutcome> outcomes(
      List<UsageEvent> events,
      List<PricedEvent> fresh,
      Map<K, String> refused,
      Map<K, V> known,
      BiPredicate<V, UsageEvent> isSame) {
    Map<K, PricedEvent> unanswered = new HashMap<>();
    fresh.forEach(priced -> unanswered.put(identity.apply(priced.event()), priced));
    List<RecordOutcome> outcomes = new ArrayList<>(events.size());
    for (UsageEvent event : events) {
      K one = identity.apply(event);
      PricedEvent first = unanswered.remove(one);
      String reason = refused.get(one);
      if (first != null) {
        outcomes.add(first.unpriced() == 0 ? Known.RECORDED : Known.UNPRICED);
      } else if (reason != null) {
        outcomes.add(new RecordOutcome.Refused(reason));
      } else {
        V before = known.get(one);
        boolean same =
            before == null
                ? EventDigest.of(Objects.requireNonNull(byIdentity.get(one))).isOf(event)
                : isSame.test(before, event);
        outcomes.add(same ? Known.DUPLICATE : RecordOutcome.CONFLICT);
      }
    }
    return outcomes;
  }
}
