package dev.stipend.ingest.source;

import dev.stipend.platform.host.HostSession;
import dev.stipend.platform.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Reads the rows of one source, in one session.
public final class HostReader implements AutoCloseable {
  private static final Duration CATALOG = Duration.ofSeconds(5);

  private final HostSession session;
  private final SourceSettings settings;
  private final Duration most;
  private final SourceQuery query;

  private HostReader(
      HostSession session, SourceSettings settings, Duration most, SourceQuery query) {
    this.session = session;
    this.settings = settings;
    this.most = most;
    this.query = query;
  }

  /// Takes over a session; it is closed with the reader, or when there can be none.
  ///
  /// @param most what one statement may take
  /// @throws SourceProblem if the relation is not what the settings say
  public static HostReader of(HostSession session, SourceSettings settings, Duration most) {
    try {
      SourceQuery query = SourceQuery.of(settings, relation(session, settings));
      return new HostReader(session, settings, most, query);
    } catch (RuntimeException failure) {
      session.close();
      throw failure;
    }
  }

  private static HostRelation relation(HostSession session, SourceSettings settings) {
    return session
        .run(
            settings.schema(),
            CATALOG,
            connection -> HostRelation.read(connection, settings.schema(), settings.relation()))
        .orElseThrow(
            () ->
                new SourceProblem(
                    "relation",
                    "There is no table or view %s.%s that the role may see; check the name, and whether it may use the schema."
                        .formatted(settings.schema(), settings.relation())));
  }

  SourceQuery query() {
    return query;
  }

  /// The rows of a lane, from where it stands.
  public List<HostRow> page(SourceLane lane, String until, int rows) {
    String end = lane.until().orElse(until);
    return read(
        connection -> {
          try (PreparedStatement page =
              connection.prepareStatement(query.page(lane.afterId().isPresent()))) {
            page.setString(1, lane.afterTime());
            page.setString(2, end);
            int next = 3;
            if (lane.afterId().isPresent()) {
              page.setString(next++, lane.afterTime());
              page.setString(next++, lane.afterId().get());
            }
            page.setInt(next, rows);
            return Rows.list(page, row -> HostRow.read(row, query.gives()));
          }
        });
  }

  /// The rows with these ids, as far as they are still there.
  public List<HostRow> rows(Collection<String> ids) {
    return read(
        connection -> {
          try (PreparedStatement rows = connection.prepareStatement(query.rows())) {
            rows.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return Rows.list(rows, row -> HostRow.read(row, query.gives()));
          }
        });
  }

  /// How many rows there are from one time until another.
  long count(String from, String until) {
    return read(
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(query.count())) {
            count.setString(1, from);
            count.setString(2, until);
            return number(count);
          }
        });
  }

  /// How many rows there are whose time is not before this, up to 1,000.
  public long countAhead(String from) {
    return read(
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(query.countAhead())) {
            count.setString(1, from);
            return number(count);
          }
        });
  }

  /// How the server would read a page, as JSON.
  Optional<String> plan(String from, String until) {
    return read(
        connection -> {
          try (PreparedStatement plan =
              connection.prepareStatement("EXPLAIN (FORMAT JSON) " + query.page(false))) {
            plan.setString(1, from);
            plan.setString(2, until);
            plan.setInt(3, 1000);
            return Rows.first(plan, row -> row.getString(1));
          }
        });
  }

  private static long number(PreparedStatement count) throws SQLException {
    return Rows.first(count, row -> row.getLong(1)).orElseThrow();
  }

  private <T> T read(HostSession.Work<T> work) {
    return session.run(settings.schema(), most, (Connection connection) -> work.run(connection));
  }

  /// An instant as the host's own column writes it.
  public String time(Instant at) {
    return query.isLocalTime()
        ? LocalDateTime.ofInstant(at, settings.zone()).toString()
        : LocalDateTime.ofInstant(at, ZoneOffset.UTC) + "+00";
  }

  @Override
  public void close() {
    session.close();
  }
}
