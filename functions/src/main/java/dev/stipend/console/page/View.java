package dev.stipend.console.page;

import dev.stipend.tenant.Role;
import java.util.EnumSet;
import java.util.Set;

/// The views that the navigation leads to, in its order.
public enum View {
  OVERVIEW("/", "overview", Role.READ),
  BUDGETS("/budgets", "budgets", Role.READ),
  SPEND("/spend", "spend", Role.READ),
  ALERTS("/alerts", "alerts", Role.READ),
  CHANNELS("/channels", "channels", Role.READ),
  SOURCES("/sources", "sources", Role.READ),
  PRICES("/prices", "prices", Role.READ),
  KEYS("/keys", "keys", Role.ADMIN),
  PEOPLE("/people", "people", Role.READ),
  RESERVATIONS("/reservations", "reservations", Role.READ),
  AUDIT("/audit", "audit", Role.ADMIN);

  /// What people look at each day. The others set things up, or tell what was.
  private static final Set<View> DAILY = EnumSet.of(OVERVIEW, BUDGETS, SPEND, ALERTS);

  private final String path;
  private final String key;
  private final Role role;

  View(String path, String key, Role role) {
    this.path = path;
    this.key = key;
    this.role = role;
  }

  public String path() {
    return path;
  }

  /// What a key must be for it.
  public Role role() {
    return role;
  }

  public boolean isDaily() {
    return DAILY.contains(this);
  }

  /// The key of what it is called.
  public String title() {
    return "view." + key;
  }
}
