package dev.stipend.migration.operations;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The server and the database as a whole.
///
/// @param at when it was looked at, by the server's clock
/// @param version of PostgreSQL, such as `17.6`
/// @param statisticsSince when statistics of this database were last reset; empty if never
/// @param connections of clients to any database of the server
/// @param reservedConnections those of the most that only administrators may have
public record ServerState(
    Instant at,
    String version,
    boolean isReplica,
    Instant startedAt,
    Optional<Instant> statisticsSince,
    long databaseBytes,
    long connections,
    long ownConnections,
    long mostConnections,
    long reservedConnections) {

  static ServerState of(Connection connection) throws SQLException {
    Query.Row row =
        Query.row(
            connection,
            """
            SELECT %s, split_part(current_setting('server_version'), ' ', 1), pg_is_in_recovery(), %s,
              (SELECT %s FROM pg_stat_database WHERE datname = current_database()),
              pg_database_size(current_database()),
              count(*), count(*) FILTER (WHERE datname = current_database()),
              current_setting('max_connections'),
              CAST(current_setting('superuser_reserved_connections') AS integer)
                + CAST(coalesce(current_setting('reserved_connections', TRUE), '0') AS integer)
            FROM pg_stat_activity
            WHERE usesysid IS NOT NULL
              AND datid IS NOT NULL
              AND coalesce(backend_type, 'client backend') = 'client backend'
            """
                .formatted(
                    Measures.epoch("clock_timestamp()"),
                    Measures.epoch("pg_postmaster_start_time()"),
                    Measures.epoch("stats_reset")));
    return new ServerState(
        Instant.ofEpochSecond(row.number(0)),
        row.text(1),
        row.isTrue(2),
        Instant.ofEpochSecond(row.number(3)),
        Measures.time(row, 4),
        row.number(5),
        row.number(6),
        row.number(7),
        row.number(8),
        row.number(9));
  }

  Map<String, Object> toMap() {
    return new Fields()
        .with("at", at)
        .with("version", version)
        .with("isReplica", isReplica)
        .with("startedAt", startedAt)
        .with("statisticsSince", statisticsSince)
        .with("databaseBytes", databaseBytes)
        .with("connections", connections)
        .with("connectionsOfThisDatabase", ownConnections)
        .with("mostConnections", mostConnections)
        .with("reservedConnections", reservedConnections)
        .map();
  }
}
