package dev.stipend.report.spend;

import dev.stipend.platform.json.Labels;
import java.util.Arrays;
import java.util.Optional;

/// What spend is broken down by, and filtered by. A value that is not known is the empty text.
public sealed interface Dimension {
  /// How long the key of a tag may be.
  int LONGEST_KEY = 200;

  /// Its name outside.
  String label();

  /// The dimension of a name; empty if there is none.
  static Optional<Dimension> of(String label) {
    if (label.startsWith(Tag.PREFIX)) {
      return Optional.of(label.substring(Tag.PREFIX.length()))
          .filter(key -> !key.isBlank() && key.length() <= LONGEST_KEY)
          .filter(key -> key.chars().noneMatch(Character::isISOControl))
          .map(Tag::new);
    }
    return Arrays.stream(Column.values())
        .filter(column -> column.label().equals(label))
        .<Dimension>map(column -> column)
        .findFirst();
  }

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

    /// Its column in the ledger and in the rollup.
    public String sqlName() {
      return sqlName;
    }

    @Override
    public String label() {
      return Labels.of(this);
    }

    /// The parameter that filters by it, which is named as the field of a usage event.
    public String parameter() {
      return switch (this) {
        case PROVIDER, MODEL -> label();
        case USER, AGENT, WORKFLOW, TEAM -> label() + "Id";
      };
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
