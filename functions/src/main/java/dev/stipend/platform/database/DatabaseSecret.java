package dev.stipend.platform.database;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A secret as RDS and Secrets Manager write it: JSON with `username` and `password`, and, unless
/// RDS manages it, `host`, `port` and `dbname`.
record DatabaseSecret(Map<String, String> fields) {
  static final String NAME = "DATABASE_SECRET";
  private static final String ARN = NAME + "_ARN";

  /// @throws IllegalStateException naming the variable, never what is in the secret
  static DatabaseSecret parse(String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      if (ExactJson.parse(json) instanceof Map<?, ?> object) {
        object.forEach((name, value) -> fields.put(String.valueOf(name), String.valueOf(value)));
      }
    } catch (InvalidJsonException malformed) {
      // Its message might quote the secret.
      fields.clear();
    }
    DatabaseSecret secret = new DatabaseSecret(fields);
    secret.user();
    secret.password();
    return secret;
  }

  String user() {
    return needed("username");
  }

  String password() {
    return needed("password");
  }

  /// The URL that its parts make.
  ///
  /// @throws IllegalStateException if it does not say where the database is
  String url() {
    return "postgresql://%s:%s@%s:%s/%s"
        .formatted(
            encoded(user()),
            encoded(password()),
            needed("host"),
            field("port").orElse("5432"),
            encoded(field("dbname").orElse("postgres")));
  }

  private String needed(String field) {
    return field(field)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the secret of %s has no %s; it is expected as RDS writes it: JSON with username"
                            .formatted(ARN, field)
                        + " and password, and with host, port and dbname unless DATABASE_URL tells"
                        + " where the database is"));
  }

  private Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "DatabaseSecret[hidden]";
  }
}
