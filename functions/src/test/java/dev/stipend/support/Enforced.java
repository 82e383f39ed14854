package dev.stipend.support;

import dev.stipend.enforcement.RequestKey;
import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.enforcement.Settlement;
import dev.stipend.enforcement.Work;
import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.price.TokenUsage;
import dev.stipend.money.Money;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.ApiKeys;
import dev.stipend.tenant.Caller;
import dev.stipend.usecase.Enforce;
import dev.stipend.usecase.SettleReservation;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reserves and settles without HTTP, as fast as the database goes.
public final class Enforced {
  private static final Duration USUAL_TTL = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Enforce enforcement;
  private final SettleReservation settling;
  private final Caller caller;

  public Enforced(Stipend stipend) {
    this(stipend.context);
  }

  public Enforced(ApplicationContext context) {
    clock = context.getBean(InstantSource.class);
    enforcement = context.getBean(Enforce.class);
    settling = context.getBean(SettleReservation.class);
    caller =
        context
            .getBean(ApiKeys.class)
            .authenticate(Stipend.ADMIN_KEY, clock.instant())
            .orElseThrow();
  }

  public ReserveOutcome reserve(String user, String estimate) {
    return reserve(user, "", estimate);
  }

  public ReserveOutcome reserve(String user, String agent, String estimate) {
    return reserve(user, agent, estimate, USUAL_TTL, Optional.empty());
  }

  /// Reserves for a time, by a request that may be repeated where it has a key.
  public ReserveOutcome reserve(
      String user, String agent, String estimate, Duration ttl, Optional<RequestKey> key) {
    return reserve(new Attribution(user, agent, "", "", "", ""), Map.of(), estimate, ttl, key);
  }

  /// Reserves for work with these labels, each its own value.
  public ReserveOutcome reserveTagged(List<String> tags, String estimate) {
    return reserve(
        new Attribution("", "", "", "", "", ""),
        tags.stream().collect(Collectors.toMap(tag -> tag, tag -> tag)),
        estimate,
        USUAL_TTL,
        Optional.empty());
  }

  private ReserveOutcome reserve(
      Attribution who,
      Map<String, String> tags,
      String estimate,
      Duration ttl,
      Optional<RequestKey> key) {
    Instant now = clock.instant();
    Work work =
        new Work(who, tags, Optional.of(Money.of(estimate)), TokenUsage.NONE, Optional.empty());
    return enforcement.reserve(caller, work, now.plus(ttl), key, now, reserved -> "");
  }

  /// Settles at a cost.
  public Settlement settle(UUID reservation, String cost) {
    String body = "{\"cost\":\"" + cost + "\"}";
    return settling
        .settle(
            caller.workspace(),
            reservation,
            (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(body)),
            body.getBytes(StandardCharsets.UTF_8),
            clock.instant())
        .orElseThrow();
  }

  public Reservation release(UUID reservation) {
    return settling.release(caller.workspace().id(), reservation, clock.instant()).orElseThrow();
  }
}
