package dev.stipend.ingest.source;

import dev.stipend.platform.host.HostException;
import dev.stipend.platform.host.HostSession;
import dev.stipend.platform.sql.Rows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the rows of one source, in one session.
public final class HostReader implements AutoCloseable {
  private static final Duration CATALOG = Duration.ofSeconds(5);

  /// Rows that the server sends at once.
  private static final int FETCHED = 2000;

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
    return of(session, settings, most, false);
  }

  /// The same for a source that is to be connected: which column is what is found out now.
  ///
  /// @throws SourceProblem if the relation is not what the settings say
  public static HostReader find(HostSession session, SourceSettings settings, Duration most) {
    return of(session, settings, most, settings.preset().isEmpty());
  }

  private static HostReader of(
      HostSession session, SourceSettings given, Duration most, boolean isNew) {
    try {
      HostRelation relation = relation(session, given);
      SourceSettings settings =
          isNew ? given.with(SourceColumns.of(given.columns(), relation)) : given;
      return new HostReader(session, settings, most, SourceQuery.of(settings, relation));
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
                    "There is no table or view %s in schema %s that the role may see; check the name, and whether it may use the schema."
                        .formatted(settings.relation(), settings.schema())));
  }

  /// The settings with all columns that are read.
  public SourceSettings settings() {
    return settings;
  }

  SourceQuery query() {
    return query;
  }

  /// The rows behind a cursor. Where the id that it stands at is none any more, as
  /// the column has another type, from its time.
  public List<PulledRow> page(SourceCursor cursor, String until, int rows, RowReader reader) {
    return page(cursor, until, rows, reader::read);
  }

  /// The rows with these ids, as far as they are still there.
  public List<PulledRow> rows(Collection<String> ids, RowReader reader) {
    return read(
        connection -> {
          try (PreparedStatement rows = connection.prepareStatement(query.rows())) {
            rows.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return list(rows, reader::read);
          }
        });
  }

  /// @param reading what is kept of each row
  <T> List<T> page(SourceCursor cursor, String until, int rows, Function<HostRow, T> reading) {
    String end = cursor.until().orElse(until);
    try {
      return page(cursor.afterTime(), cursor.afterId(), end, rows, reading);
    } catch (HostException failure) {
      if (failure.isMalformed() && cursor.afterId().isPresent()) {
        return page(cursor.afterTime(), Optional.empty(), end, rows, reading);
      }
      throw failure;
    }
  }

  private <T> List<T> page(
      String from, Optional<String> afterId, String until, int rows, Function<HostRow, T> reading) {
    return read(
        connection -> {
          try (PreparedStatement page =
              connection.prepareStatement(query.page(afterId.isPresent()))) {
            page.setString(1, from);
            page.setString(2, until);
            int next = 3;
            if (afterId.isPresent()) {
              page.setString(next++, from);
              page.setString(next++, afterId.get());
            }
            page.setInt(next, rows);
            return list(page, reading);
          }
        });
  }

  /// What is kept of each row. Few rows are in memory with all their texts at once.
  private <T> List<T> list(PreparedStatement rows, Function<HostRow, T> reading)
      throws SQLException {
    rows.setFetchSize(FETCHED);
    return Rows.list(rows, row -> reading.apply(HostRow.read(row, query.gives())));
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
    return session.run(query.schemas(), most, work);
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
