package dev.stipend.migration.operations;

import dev.stipend.platform.sql.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One question about the database, and its answer.
///
/// @param total how many rows there are; more than are shown, if there are many
/// @param note what to know about the rows, or why there are none
public record Section<R extends Section.Row>(
    Heading heading, long total, List<R> rows, Optional<String> note) {
  /// The most rows that a section shows.
  public static final int MOST = 20;

  /// A row, for programs and for people.
  public interface Row {
    /// The row as the values of a JSON object; what is not known is left out.
    Map<String, Object> toMap();

    /// The row as texts, one for each column of the heading.
    List<String> cells();
  }

  /// What stands above the rows.
  ///
  /// @param field its name in JSON
  public record Heading(String field, String title, List<String> columns) {
    Heading(String field, String title, String... columns) {
      this(field, title, List.of(columns));
    }

    /// A section whose rows carry their total number in the last column.
    <R extends Row> Section<R> counted(List<Query.Row> found, Function<Query.Row, R> row) {
      long total =
          found.isEmpty() ? 0 : found.getFirst().number(found.getFirst().values().size() - 1);
      return new Section<>(this, total, found.stream().map(row).toList(), Optional.empty());
    }

    <R extends Row> Section<R> unread(String why) {
      return new Section<>(this, 0, List.of(), Optional.of(why));
    }
  }

  Section<R> noted(Optional<String> remark) {
    return new Section<>(heading, total, rows, remark);
  }

  Map<String, Object> toMap() {
    return new Fields()
        .with("total", total)
        .with("rows", rows.stream().map(Row::toMap).toList())
        .with("note", note)
        .map();
  }
}
