package dev.stipend.console.page;

/// The views that the navigation leads to, in its order.
public enum View {
  OVERVIEW("/", "overview"),
  BUDGETS("/budgets", "budgets"),
  SOURCES("/sources", "sources");

  private final String path;
  private final String key;

  View(String path, String key) {
    this.path = path;
    this.key = key;
  }

  public String path() {
    return path;
  }

  /// The key of what it is called.
  public String title() {
    return "view." + key;
  }
}
