package dev.stipend.platform.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Instants as `timestamptz` columns and parameters. PostgreSQL keeps microseconds.
public final class Instants {
  /// What makes microseconds since 1970, of which `%s` is the column, a `timestamptz`; exact.
  public static final String FROM_MICROS = "timestamptz 'epoch' + %s * interval '1 microsecond'";

  private Instants() {}

  /// The value to bind for an instant.
  public static @Nullable OffsetDateTime parameter(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  public static Instant read(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class), column).toInstant();
  }

  public static Optional<Instant> readOptional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
