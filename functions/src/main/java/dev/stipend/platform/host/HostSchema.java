package dev.stipend.platform.host;

import dev.stipend.platform.json.JsonFields;
import java.util.regex.Pattern;

/// Where relations of a host are.
public final class HostSchema {
  /// PostgreSQL cuts off longer names.
  public static final int LONGEST_NAME = 63;

  private static final String FIELD = "schema";

  /// Where they are if nobody says so.
  public static final String USUAL = "public";

  /// Stipend's own, and the server's: what they hold is nobody's spend, or is counted already.
  private static final Pattern FORBIDDEN =
      Pattern.compile("(?i)stipend.*|pg_.*|information_schema");

  private HostSchema() {}

  /// Reads the field `schema`; `public` where there is none.
  public static String read(JsonFields fields) {
    String schema = fields.text(FIELD, LONGEST_NAME).orElse(USUAL);
    if (FORBIDDEN.matcher(schema).matches()) {
      fields.error(FIELD, "must not be one of Stipend's or of the server's own");
    }
    return schema;
  }
}
