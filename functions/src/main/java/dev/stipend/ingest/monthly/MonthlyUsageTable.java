package dev.stipend.ingest.monthly;

import dev.stipend.ingest.monthly.MonthlySums.Sum;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.Statements;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/// The table `monthly_usage` of an agents platform: a row for each user and month. What it costs is
/// rounded there to two decimals.
@Singleton
public class MonthlyUsageTable {
  /// What a role needs to write it.
  public static final List<String> GRANTS =
      List.of(
          "GRANT SELECT (id) ON users",
          """
          GRANT SELECT, \
          INSERT ("userId", year, month, "totalMessages", "totalTokens", "totalCost", "agentUsage", "updatedAt"), \
          UPDATE ("totalMessages", "totalTokens", "totalCost", "agentUsage", "exceededLimit", "updatedAt") ON monthly_usage\
          """);

  private final JsonText json;

  MonthlyUsageTable(JsonText json) {
    this.json = json;
  }

  /// Writes what users used in months. Whom the application does not know has no
  /// row. Answers how many rows there are.
  public int write(Connection host, Map<MonthOfUser, MonthlySums> all) throws SQLException {
    List<Map.Entry<MonthOfUser, MonthlySums>> rows =
        all.entrySet().stream().filter(row -> isUuid(row.getKey().user())).toList();
    try (PreparedStatement write =
        host.prepareStatement(
            """
            INSERT INTO monthly_usage AS m (
              "userId", year, month, "totalMessages", "totalTokens", "totalCost", "agentUsage", "updatedAt")
            SELECT told.user_id, told.year, told.month, least(told.messages, 2147483647), told.tokens, told.cost,
              CAST(told.agents AS jsonb), CURRENT_TIMESTAMP
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS told (user_id, year, month, messages, tokens, cost, agents)
            JOIN users u ON u.id = told.user_id
            ORDER BY 1, 2, 3
            ON CONFLICT ("userId", year, month) DO UPDATE
            SET "totalMessages" = EXCLUDED."totalMessages", "totalTokens" = EXCLUDED."totalTokens",
              "totalCost" = EXCLUDED."totalCost", "agentUsage" = EXCLUDED."agentUsage",
              "exceededLimit" = coalesce(EXCLUDED."totalMessages" > m."limitMessages", FALSE)
                OR coalesce(EXCLUDED."totalTokens" > m."limitTokens", FALSE),
              "updatedAt" = EXCLUDED."updatedAt"
            """)) {
      Statements.bind(
          write,
          column(rows, "uuid", row -> UUID.fromString(row.getKey().user())),
          column(rows, "integer", row -> row.getKey().month().getYear()),
          column(rows, "integer", row -> row.getKey().month().getMonthValue()),
          column(rows, "bigint", row -> row.getValue().total().requests()),
          column(rows, "bigint", row -> row.getValue().total().tokens()),
          column(rows, "numeric", row -> row.getValue().total().cost().amount()),
          column(rows, "text", row -> agents(row.getValue())));
      return write.executeUpdate();
    }
  }

  private static Statements.Array column(
      List<Map.Entry<MonthOfUser, MonthlySums>> rows,
      String type,
      Function<Map.Entry<MonthOfUser, MonthlySums>, Object> value) {
    return Statements.array(type, rows.stream().map(value).toList());
  }

  private String agents(MonthlySums sums) {
    Map<String, Map<String, Object>> agents = new TreeMap<>();
    sums.byAgent().forEach((agent, sum) -> agents.put(agent, shown(sum)));
    return json.write(agents);
  }

  private static Map<String, Object> shown(Sum sum) {
    return Map.of(
        "messages", sum.requests(), "tokens", sum.tokens(), "cost", sum.cost().toString());
  }

  /// Whether a text is an id as the application writes it.
  private static boolean isUuid(String user) {
    try {
      return UUID.fromString(user).toString().equals(user);
    } catch (IllegalArgumentException other) {
      return false;
    }
  }
}
