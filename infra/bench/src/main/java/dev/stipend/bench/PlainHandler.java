package dev.stipend.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;

/// What a function costs that has no framework: it connects and asks once.
public final class PlainHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final Connection connection;

  public PlainHandler() throws SQLException {
    connection = DriverManager.getConnection(Objects.requireNonNull(System.getenv("PLAIN_URL")));
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      return Map.of("done", true);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
