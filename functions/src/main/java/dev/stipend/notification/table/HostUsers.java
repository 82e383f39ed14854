package dev.stipend.notification.table;

import dev.stipend.platform.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/// The table `users` of a host.
final class HostUsers {
  static final String TABLE = "users";

  private HostUsers() {}

  /// The user with an id, if there is one.
  ///
  /// @param parse reads the id as the host's type
  static <T> Optional<T> find(Connection host, String id, Function<String, T> parse)
      throws SQLException {
    T key;
    try {
      key = parse.apply(id);
    } catch (IllegalArgumentException otherType) {
      return Optional.empty();
    }
    // "007" is a number, and not how the host would write one.
    if (!key.toString().equalsIgnoreCase(id)) {
      return Optional.empty();
    }
    try (PreparedStatement user = host.prepareStatement("SELECT FROM users WHERE id = ?")) {
      user.setObject(1, key);
      return Rows.first(user, row -> key);
    }
  }
}
