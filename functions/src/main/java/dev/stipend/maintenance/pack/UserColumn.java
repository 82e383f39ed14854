package dev.stipend.maintenance.pack;

import dev.stipend.ingest.bulk.CsvInput;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A column of a file of users: what it may hold, and how it is inserted. An empty cell is what the
/// table's default is.
enum UserColumn {
  USERNAME("%s"),
  EMAIL("%s"),
  /// Nobody can log in with a password that is no hash.
  HASHED_PASSWORD("coalesce(%s, '!')"),
  FULL_NAME("%s"),
  ROLE("coalesce(CAST(%s AS ROLE_TYPE), 'user')"),
  IS_ACTIVE("coalesce(CAST(%s AS boolean), TRUE)"),
  PREFERRED_PROVIDER("%s"),
  PREFERRED_MODEL("%s"),
  DEFAULT_TEMPERATURE("coalesce(CAST(%s AS numeric), 0.7)"),
  TIMEZONE("coalesce(%s, 'UTC')"),
  MONTHLY_BUDGET_LIMIT("CAST(%s AS numeric)"),
  BUDGET_ALERT_ENABLED("coalesce(CAST(%s AS boolean), TRUE)"),
  BUDGET_ALERT_THRESHOLD("coalesce(CAST(%s AS numeric), 80)");

  private static final long MOST_BUDGET = 999_999_999_999L;
  private static final long MOST_TEMPERATURE = 2;
  private static final long MOST_PERCENT = 100;
  private static final Set<String> ROLES = Set.of("admin", "manager", "user", "viewer");
  private static final Set<String> FLAGS = Set.of("true", "false");

  private final String expression;

  UserColumn(String expression) {
    this.expression = expression;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<UserColumn> find(String title) {
    String wanted = title.strip().toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(column -> column.label().equals(wanted)).findFirst();
  }

  static String labels() {
    return Stream.of(values()).map(UserColumn::label).collect(Collectors.joining(", "));
  }

  /// Whether a row without it makes no user.
  boolean isNeeded() {
    return this == USERNAME || this == EMAIL;
  }

  /// What is inserted, in SQL.
  ///
  /// @param text an expression with the cell, null if it is empty
  /// @param roleType the quoted type of roles
  String expression(String text, String roleType) {
    return expression.formatted(text).replace("ROLE_TYPE", roleType);
  }

  /// What is wrong with a cell, if anything is.
  Optional<String> problem(String cell) {
    if (cell.isEmpty()) {
      return isNeeded() ? Optional.of(label() + " is empty") : Optional.empty();
    }
    if (cell.indexOf('\0') >= 0) {
      return Optional.of(label() + " has a character that no text may have");
    }
    if (CsvInput.isDamaged(cell)) {
      return Optional.of(label() + " holds bytes that are not UTF-8");
    }
    return check(cell).map(why -> "%s %s, not %s".formatted(label(), why, cell));
  }

  private Optional<String> check(String text) {
    return switch (this) {
      case USERNAME -> named(text);
      case EMAIL -> address(text);
      case ROLE -> role(text);
      case IS_ACTIVE, BUDGET_ALERT_ENABLED -> flag(text);
      case TIMEZONE -> zone(text);
      case DEFAULT_TEMPERATURE -> number(text, MOST_TEMPERATURE);
      case MONTHLY_BUDGET_LIMIT -> number(text, MOST_BUDGET);
      case BUDGET_ALERT_THRESHOLD -> number(text, MOST_PERCENT);
      case HASHED_PASSWORD, FULL_NAME, PREFERRED_PROVIDER, PREFERRED_MODEL -> Optional.empty();
    };
  }

  private static Optional<String> named(String text) {
    return text.chars().noneMatch(Character::isWhitespace)
        ? Optional.empty()
        : Optional.of("must have no spaces");
  }

  private static Optional<String> address(String text) {
    return text.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+")
        ? Optional.empty()
        : Optional.of("must be an address");
  }

  private static Optional<String> role(String text) {
    return ROLES.contains(text)
        ? Optional.empty()
        : Optional.of("must be admin, manager, user or viewer");
  }

  private static Optional<String> flag(String text) {
    return FLAGS.contains(text) ? Optional.empty() : Optional.of("must be true or false");
  }

  private static Optional<String> zone(String text) {
    try {
      ZoneId.of(text);
      return Optional.empty();
    } catch (DateTimeException unknown) {
      return Optional.of("must be a time zone such as Europe/Madrid");
    }
  }

  private static Optional<String> number(String text, long most) {
    boolean fits =
        text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")
            && new BigDecimal(text).compareTo(BigDecimal.valueOf(most)) <= 0;
    return fits ? Optional.empty() : Optional.of("must be a number from 0 to " + most);
  }
}
