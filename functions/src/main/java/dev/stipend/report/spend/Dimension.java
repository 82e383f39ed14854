package dev.stipend.report.spend;

import dev.stipend.platform.json.Labels;

/// What spend is broken down by, and filtered by. A value that is not known is the empty text.
public sealed interface Dimension {
  /// Its name outside.
  String label();

  /// What every event may have, in a column of its own.
  enum Column implements Dimension {
    USER("user_id"),
    AGENT("agent_id"),
    WORKFLOW("workflow_id"),
    TEAM("team_id"),
    PROVIDER("provider"),
    MODEL("model");

    private final String sqlName;

    Column(String sqlName) {
      this.sqlName = sqlName;
    }

    String sqlName() {
      return sqlName;
    }

    @Override
    public String label() {
      return Labels.of(this);
    }
  }

  /// The value of one tag, which only the ledger knows.
  ///
  /// @param key the tag's name
  record Tag(String key) implements Dimension {
    /// What its label begins with.
    public static final String PREFIX = "tag:";

    @Override
    public String label() {
      return PREFIX + key;
    }
  }
}
