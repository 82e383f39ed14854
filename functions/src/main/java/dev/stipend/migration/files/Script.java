package dev.stipend.migration.files;

import dev.stipend.platform.sql.Query;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/// A migration's file as Flyway will run it.
///
/// @param file its name
/// @param text all of it, comments included
/// @param transactional whether all statements and the row in the history are one transaction
/// @param statements in their order
public record Script(String file, String text, boolean transactional, List<Statement> statements) {
  private static final Pattern HEADER =
      Pattern.compile("(?m)^--\\s*requires:\\s*(\\w+)\\s+(\\S+?)(?:\\s+from\\s+(\\S.*?))?\\s*$");
  private static final Pattern CONTRACT = Pattern.compile("(?m)^--\\s*contract:\\s*\\S+");
  private static final Pattern LOSS = Pattern.compile("(?m)^--\\s*loses:\\s*(\\S.*?)\\s*$");
  private static final Pattern NAME =
      Pattern.compile("[VU](?<version>[0-9][0-9._]*?)__(?<description>.+)\\.sql");

  /// A statement, without the semicolon.
  ///
  /// @param line where it begins
  /// @param data what follows a COPY from the standard input
  public record Statement(String sql, int line, boolean transactional, Optional<String> data) {
    public void execute(Connection connection) throws SQLException {
      if (data.isEmpty()) {
        Query.execute(connection, sql);
        return;
      }
      try {
        new CopyManager(connection.unwrap(BaseConnection.class))
            .copyIn(sql, new StringReader(data.get()));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /// What must be there before the migration runs.
  ///
  /// @param kind `table`, `extension` or `migration`
  /// @param from what makes it, where the file says that
  public record Requirement(String kind, String name, Optional<String> from) {}

  public List<Requirement> requirements() {
    return HEADER
        .matcher(text)
        .results()
        .map(
            header ->
                new Requirement(
                    header.group(1), header.group(2), Optional.ofNullable(header.group(3))))
        .toList();
  }

  /// Whether it says why nobody needs any more what it drops.
  public boolean hasContractNote() {
    return CONTRACT.matcher(text).find();
  }

  /// What it cannot bring back though it undoes a migration, where it says that.
  public Optional<String> loss() {
    return LOSS.matcher(text).results().map(header -> header.group(1)).findFirst();
  }

  /// The version of a versioned migration's file.
  public static Optional<String> version(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches() ? Optional.of(name.group("version")) : PlainFiles.version(file);
  }

  /// The name of the file that undoes a versioned one.
  public static String undoName(String file) {
    return "U" + file.substring(1);
  }
}
