package dev.stipend.tenant.people;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// The rows of `people`.
@Singleton
public class People {
  private final JdbcOperations jdbc;

  People(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The id that a list goes on behind.
  ///
  /// @throws IllegalArgumentException if it can be nobody's
  public static String place(String id) {
    if (id.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no id");
    }
    return id;
  }

  /// A page of people, by their ids.
  ///
  /// @param q only those whose id or name contains this text
  /// @param after only those after this id
  @Transactional
  public List<Person> page(UUID workspace, Optional<String> q, Optional<String> after, int limit) {
    String sought = q.map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse("");
    return Sql.list(
        jdbc,
        """
        SELECT *
        FROM stipend.people
        WHERE workspace_id = ?
          AND user_id > ?
          AND (strpos(lower(user_id), ?) > 0 OR strpos(lower(name), ?) > 0)
        ORDER BY user_id
        LIMIT ?
        """,
        People::read,
        workspace,
        after.orElse(""),
        sought,
        sought,
        limit);
  }

  /// Somebody by their id. Whatever is no text for a database is nobody's.
  @Transactional
  public Optional<Person> find(UUID workspace, String id) {
    if (id.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return Sql.first(
        jdbc,
        "SELECT * FROM stipend.people WHERE workspace_id = ? AND user_id = ?",
        People::read,
        workspace,
        id);
  }

  /// What those of the ids are called that have a name.
  @Transactional
  public Map<String, String> names(UUID workspace, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return Sql.list(
            jdbc,
            "SELECT * FROM stipend.people WHERE workspace_id = ? AND user_id = ANY (?)",
            People::read,
            workspace,
            Statements.array("text", ids))
        .stream()
        .collect(Collectors.toMap(Person::id, Person::name));
  }

  /// Keeps what is to be known of somebody.
  @Transactional
  public Person put(UUID workspace, NewPerson wanted, Instant now) {
    return Sql.first(
            jdbc,
            """
            INSERT INTO stipend.people (workspace_id, user_id, name, email, team, slack_id, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, user_id) DO UPDATE
            SET name = EXCLUDED.name,
                email = EXCLUDED.email,
                team = EXCLUDED.team,
                slack_id = EXCLUDED.slack_id,
                updated_at = EXCLUDED.updated_at
            RETURNING *
            """,
            People::read,
            workspace,
            wanted.userId(),
            wanted.name(),
            wanted.email().orElse(null),
            wanted.team().orElse(null),
            wanted.slackId().orElse(null),
            now)
        .orElseThrow();
  }

  /// Forgets somebody's name. Answers whether there was one.
  @Transactional
  public boolean remove(UUID workspace, String id) {
    return Sql.update(
            jdbc,
            "DELETE FROM stipend.people WHERE workspace_id = ? AND user_id = ?",
            workspace,
            id)
        > 0;
  }

  private static Person read(ResultSet row) throws SQLException {
    return new Person(
        row.getString("user_id"),
        row.getString("name"),
        Optional.ofNullable(row.getString("email")),
        Optional.ofNullable(row.getString("team")),
        Optional.ofNullable(row.getString("slack_id")),
        Instants.read(row, "updated_at"));
  }
}
