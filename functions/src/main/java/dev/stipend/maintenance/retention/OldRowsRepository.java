package dev.stipend.maintenance.retention;

import dev.stipend.platform.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Forgets old rows.
@Singleton
class OldRowsRepository {
  private static final Pattern PARAMETER = Pattern.compile(":(before|most)\\b");

  private final JdbcOperations jdbc;

  OldRowsRepository(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Forgets some rows in a transaction of their own. Answers how many.
  ///
  /// @param before by when they must have served their time
  /// @param most how many at most
  @Transactional
  int forget(OldRows rows, Instant before, int most) {
    Matcher parameters = PARAMETER.matcher(rows.deletion());
    return jdbc.prepareStatement(
        parameters.replaceAll("?"),
        statement -> {
          parameters.reset();
          for (int next = 1; parameters.find(); next++) {
            if (parameters.group(1).equals("most")) {
              statement.setInt(next, most);
            } else {
              statement.setObject(next, Instants.parameter(before));
            }
          }
          return statement.executeUpdate();
        });
  }
}
