package dev.stipend.support;

import dev.stipend.json.ExactJson;
import dev.stipend.money.Money;
import dev.stipend.price.TokenUsage;
import dev.stipend.reservation.Enforcement;
import dev.stipend.reservation.Outcome;
import dev.stipend.reservation.Reservation;
import dev.stipend.reservation.Settlement;
import dev.stipend.reservation.Settling;
import dev.stipend.reservation.Work;
import dev.stipend.spend.Attribution;
import dev.stipend.sql.AfterCommit;
import dev.stipend.workspace.ApiKeys;
import dev.stipend.workspace.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reserves and settles without HTTP, as fast as the database goes.
public final class Enforced {
  private final Stipend stipend;
  private final Enforcement enforcement;
  private final Settling settling;
  private final Caller caller;

  public Enforced(Stipend stipend) {
    this.stipend = stipend;
    enforcement = stipend.context.getBean(Enforcement.class);
    settling = stipend.context.getBean(Settling.class);
    caller =
        stipend
            .context
            .getBean(ApiKeys.class)
            .authenticate(Stipend.ADMIN_KEY, stipend.clock.instant())
            .orElseThrow();
  }

  public Outcome reserve(String user, String estimate) {
    return reserve(user, "", estimate);
  }

  public Outcome reserve(String user, String agent, String estimate) {
    return reserve(new Attribution(user, agent, "", "", "", ""), Map.of(), estimate);
  }

  /// Reserves for work with these labels, each its own value.
  public Outcome reserveTagged(List<String> tags, String estimate) {
    return reserve(
        new Attribution("", "", "", "", "", ""),
        tags.stream().collect(Collectors.toMap(tag -> tag, tag -> tag)),
        estimate);
  }

  private Outcome reserve(Attribution who, Map<String, String> tags, String estimate) {
    Instant now = stipend.clock.instant();
    Work work =
        new Work(who, tags, Optional.of(Money.of(estimate)), TokenUsage.NONE, Optional.empty());
    return enforcement.reserve(
        caller, work, now.plus(Duration.ofMinutes(5)), Optional.empty(), now, reserved -> "");
  }

  /// Settles at a cost.
  public Settlement settle(UUID reservation, String cost) {
    String body = "{\"cost\":\"" + cost + "\"}";
    AfterCommit later = new AfterCommit();
    Settlement settlement =
        settling
            .settle(
                caller.workspace(),
                reservation,
                (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(body)),
                body.getBytes(StandardCharsets.UTF_8),
                stipend.clock.instant(),
                later)
            .orElseThrow();
    later.run();
    return settlement;
  }

  public Reservation release(UUID reservation) {
    return settling
        .release(caller.workspace().id(), reservation, stipend.clock.instant())
        .orElseThrow();
  }
}
