package dev.stipend.support;

import java.time.Instant;

/// Writes usage events as their senders do.
public final class Usage {
  private Usage() {}

  /// An event of user `u1` and agent `a1` with a cost.
  public static String costing(String eventId, Instant at, String cost) {
    return """
    {"eventId":"%s","occurredAt":"%s","userId":"u1","agentId":"a1","provider":"openai","model":"gpt-4o","cost":"%s"}\
    """
        .formatted(eventId, at, cost);
  }

  /// A budget of user `u1` in dollars a month, with lines at 80 % and 100 %.
  public static String monthlyBudget(String limit) {
    return """
    {"name":"Test Budget","limitAmount":%s,"period":"monthly","scope":"user","scopeId":"u1"}\
    """
        .formatted(limit);
  }
}
