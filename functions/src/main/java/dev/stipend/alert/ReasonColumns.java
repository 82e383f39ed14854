package dev.stipend.alert;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.wording.Reason;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/// How reasons are stored: the code in one column, its parameters as JSON in another.
@Singleton
public class ReasonColumns {
  private static final Argument<Map<String, String>> PARAMETERS =
      Argument.mapOf(String.class, String.class);

  private final JsonText json;

  ReasonColumns(JsonText json) {
    this.json = json;
  }

  /// Reads the columns `…_code` and `…_parameters`. Empty for rows of older releases, and for a
  /// code that only a newer one knows; their text says it.
  ///
  /// @param prefix of the columns' names
  public Optional<Reason> read(ResultSet row, String prefix) throws SQLException {
    String code = row.getString(prefix + "_code");
    String parameters = row.getString(prefix + "_parameters");
    return code == null || parameters == null
        ? Optional.empty()
        : Reason.Code.find(code).map(known -> Reason.of(known, json.read(parameters, PARAMETERS)));
  }

  String parameters(Reason reason) {
    return json.write(reason.parameters());
  }
}
