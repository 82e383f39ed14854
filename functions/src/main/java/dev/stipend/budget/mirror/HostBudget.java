package dev.stipend.budget.mirror;

import dev.stipend.platform.sql.Instants;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
/// @param warnAt percent of the limit at which to warn
/// @param criticalAt percent of the limit that is critical
/// @param alerts whether anybody is to be warned
/// @param hardLimit whether work beyond the limit is to be refused
/// @param isActive whether it is in force
/// @param only what it limits of the user's spend, such as `provider openai`; empty for all of it
public record HostBudget(
    String id,
    String name,
    String user,
    BigDecimal limit,
    Optional<String> currency,
    String period,
    String zone,
    Optional<Instant> anchor,
    BigDecimal warnAt,
    BigDecimal criticalAt,
    boolean alerts,
    boolean hardLimit,
    boolean isActive,
    Optional<String> only) {
  static HostBudget read(ResultSet row) throws SQLException {
    return new HostBudget(
        row.getString("id"),
        row.getString("name"),
        row.getString("user_id"),
        row.getBigDecimal("limit_amount"),
        Optional.ofNullable(row.getString("currency")),
        row.getString("period"),
        row.getString("zone"),
        Instants.readOptional(row, "anchor"),
        row.getBigDecimal("warn_at"),
        row.getBigDecimal("critical_at"),
        row.getBoolean("alerts"),
        row.getBoolean("hard_limit"),
        row.getBoolean("is_active"),
        Optional.ofNullable(row.getString("only")));
  }

  /// All that it says, to be compared with what it said before.
  public String said() {
    return toString();
  }
}
