package dev.stipend.cli;

import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.platform.database.SchemaOutdatedException;
import dev.stipend.platform.host.HostException;
import dev.stipend.platform.json.InvalidJsonException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/// Says what went wrong in one sentence.
final class Failure {
  private Failure() {}

  /// The sentence of the innermost cause that has one; it holds no secret.
  static String sentence(Throwable failure) {
    String sentence = oneLine(failure);
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SchemaOutdatedException
          || each instanceof InvalidJsonException
          || each instanceof HostException
          || each instanceof UnusableFileException) {
        return oneLine(each);
      }
      if (each instanceof NoSuchFileException) {
        return "There is no file " + each.getMessage() + ".";
      }
      if (each instanceof SQLException) {
        sentence = "The database does not answer: " + oneLine(each);
      } else if (each instanceof IllegalStateException && each.getCause() == null) {
        return oneLine(each);
      }
    }
    return sentence;
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
