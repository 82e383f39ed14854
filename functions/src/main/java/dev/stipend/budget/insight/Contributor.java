package dev.stipend.budget.insight;

import dev.stipend.money.Money;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.List;

/// Part of a period's spend that belongs to one agent, model or user.
///
/// @param dimension `agent`, `model` or `user`
/// @param id which one
/// @param spend what it cost in the period
/// @param share its part of the period's spend in percent, one decimal, rounded down
@Serdeable
public record Contributor(String dimension, String id, Money spend, BigDecimal share) {
  private static final String USER = "user";

  /// The ids of those that are users.
  public static List<String> users(List<Contributor> all) {
    return all.stream().filter(Contributor::belongsToUser).map(Contributor::id).toList();
  }

  /// Whether the spend is that of a user.
  public boolean belongsToUser() {
    return dimension.equals(USER);
  }
}
