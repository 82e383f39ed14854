package dev.stipend.client;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// What the API answers, as far as a program acts on it.
public sealed interface Answer {
  /// A reservation, or the word that work may be done unverified.
  ///
  /// @param id empty where nothing is held, because no limit could be verified and every budget
  ///     concerned lets work pass then
  /// @param amount what it holds
  /// @param state `held`, `expired`, `settled` or `released`
  /// @param expiresAt when it ends by itself
  /// @param maxOutputTokens how many tokens may be generated, where fewer than asked
  /// @param cost what it was settled with; empty before, and while nobody knows the price
  /// @param late whether it held nothing any more when it was settled
  record Reservation(
      Optional<UUID> id,
      Optional<BigDecimal> amount,
      Optional<String> state,
      Optional<Instant> expiresAt,
      OptionalLong maxOutputTokens,
      Optional<BigDecimal> cost,
      boolean late)
      implements Answer {
    static Reservation of(Wire.Fields fields) {
      return new Reservation(
          fields.id("id"),
          fields.money("amount"),
          fields.text("state"),
          fields.text("expiresAt").map(Instant::parse),
          fields.count("maxOutputTokens"),
          fields.money("cost"),
          fields.flag("late"));
    }
  }

  /// Whether work would be admitted now.
  ///
  /// @param verified false where no limit could be verified
  /// @param decisionId names the decision
  /// @param estimatedCost what was decided about; empty where it could not be computed
  /// @param maxOutputTokens how many tokens may be generated, where fewer than asked
  /// @param detail why it is refused, and what may be done
  record Validation(
      boolean allowed,
      boolean verified,
      UUID decisionId,
      Optional<BigDecimal> estimatedCost,
      OptionalLong maxOutputTokens,
      Optional<String> detail)
      implements Answer {
    static Validation of(Wire.Fields fields) {
      return new Validation(
          fields.flag("allowed"),
          fields.flag("verified"),
          fields.id("decisionId").orElseThrow(),
          fields.money("estimatedCost"),
          fields.count("maxOutputTokens"),
          fields.text("detail"));
    }
  }

  /// How a budget's current period stands.
  ///
  /// @param remaining limit less spend and held; negative when overspent
  record Standing(BigDecimal limitAmount, BigDecimal spend, BigDecimal held, BigDecimal remaining)
      implements Answer {
    static Standing of(Wire.Fields fields) {
      return new Standing(
          fields.money("limitAmount").orElseThrow(),
          fields.money("spend").orElseThrow(),
          fields.money("held").orElseThrow(),
          fields.money("remaining").orElseThrow());
    }
  }
}
