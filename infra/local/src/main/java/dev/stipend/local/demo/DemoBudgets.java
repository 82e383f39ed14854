package dev.stipend.local.demo;

import io.micronaut.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Budgets that show something, created through the API where there is none of that name yet.
public final class DemoBudgets {

  private final String url;
  private final String adminKey;
  private final JsonMapper json;

  public DemoBudgets(String url, String adminKey, JsonMapper json) {
    this.url = url;
    this.adminKey = adminKey;
    this.json = json;
  }

  /// The budgets that the sample traffic runs into.
  public void createForSample() {
    create(
        List.of(
            budget("Each user, daily", "user", "*", "daily", "1.00", "UTC"),
            budget("Everything, daily", "workspace", "", "daily", "50.00", "UTC"),
            budget(
                "Research agent, monthly",
                "agent",
                "research",
                "monthly",
                "200.00",
                "America/New_York"),
            budget("Growth team, weekly", "team", "growth", "weekly", "60.00", "Europe/Paris"),
            budget("gpt-4o, hourly", "model", "gpt-4o", "hourly", "5.00", "Asia/Tokyo")));
  }

  /// Budgets of three lengths in two zones far apart, so that a usage file's spend shows in each.
  public void createForUsageFile() {
    List<Map<String, Object>> budgets = new ArrayList<>();
    for (String zone : List.of("America/Mexico_City", "Asia/Kathmandu")) {
      budgets.add(budget("Hourly, " + zone, "workspace", "", "hourly", "20", zone));
      budgets.add(budget("Daily, " + zone, "workspace", "", "daily", "45", zone));
      budgets.add(budget("Monthly, " + zone, "workspace", "", "monthly", "100", zone));
    }
    create(budgets);
  }

  private void create(List<Map<String, Object>> budgets) {
    try (LocalApi api = new LocalApi(url, adminKey, json)) {
      Set<Object> existing = names(api);
      budgets.stream()
          .filter(budget -> !existing.contains(budget.get("name")))
          .forEach(budget -> api.create("/api/budgets", budget));
    }
  }

  private static Set<Object> names(LocalApi api) {
    Set<Object> names = new HashSet<>();
    String page = "/api/budgets?limit=100";
    while (!page.isEmpty()) {
      Map<String, Object> answer = api.get(page);
      if (answer.get("items") instanceof List<?> budgets) {
        budgets.forEach(budget -> names.add(((Map<?, ?>) budget).get("name")));
      }
      page =
          answer.get("nextCursor") instanceof String cursor
              ? "/api/budgets?limit=100&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)
              : "";
    }
    return names;
  }

  private static Map<String, Object> budget(
      String name, String scope, String scopeId, String period, String limit, String zone) {
    Map<String, Object> budget = new HashMap<>();
    budget.put("name", name);
    budget.put("scope", scope);
    if (!scopeId.isEmpty()) {
      budget.put("scopeId", scopeId);
    }
    budget.put("period", period);
    budget.put("limitAmount", limit);
    budget.put("timeZone", zone);
    budget.put("alertAt", List.of(80, 100));
    return budget;
  }
}
