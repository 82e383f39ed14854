package dev.stipend.budget.mirror;

import dev.stipend.platform.sql.Instants;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A row of an application that limits what one of its users may spend.
///
/// @param id of the row
/// @param name of the budget
/// @param user whose spend it limits
/// @param currency of the limit; empty for that of the workspace
/// @param period its kind of period, as the application calls it
/// @param zone whose calendar counts
/// @param anchor when one of its periods began; empty where the calendar says it
/// @param warnAt percent of the limit at which to warn; empty for none
/// @param criticalAt percent of the limit that is critical; empty for none
/// @param alerts whether anybody is to be warned
/// @param hardLimit whether work beyond the limit is to be refused
/// @param isActive whether it is in force
/// @param only what it limits of the user's spend, such as `provider openai`; empty for all of it
public record HostBudget(
    String id,
    String name,
    String user,
    Optional<BigDecimal> limit,
    Optional<String> currency,
    String period,
    String zone,
    Optional<Instant> anchor,
    Optional<BigDecimal> warnAt,
    Optional<BigDecimal> criticalAt,
    boolean alerts,
    boolean hardLimit,
    boolean isActive,
    Optional<String> only) {
  static HostBudget read(ResultSet row) throws SQLException {
    return new HostBudget(
        row.getString("id"),
        text(row, "name"),
        text(row, "user_id"),
        Optional.ofNullable(row.getBigDecimal("limit_amount")),
        Optional.ofNullable(row.getString("currency")),
        text(row, "period"),
        text(row, "zone"),
        Instants.readOptional(row, "anchor"),
        Optional.ofNullable(row.getBigDecimal("warn_at")),
        Optional.ofNullable(row.getBigDecimal("critical_at")),
        row.getBoolean("alerts"),
        row.getBoolean("hard_limit"),
        row.getBoolean("is_active"),
        Optional.ofNullable(row.getString("only")));
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  /// All that it says, to be compared with what it said before.
  public String said() {
    return toString();
  }
}
