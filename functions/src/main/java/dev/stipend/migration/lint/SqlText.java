package dev.stipend.migration.lint;

import dev.stipend.migration.files.SqlLexer;
import java.util.ArrayList;
import java.util.List;

/// A statement without what could be mistaken for SQL: comments, texts, bodies of functions.
public final class SqlText {
  private SqlText() {}

  /// One line, words separated by single blanks, texts empty; the case is kept.
  public static String plain(String sql) {
    StringBuilder plain = new StringBuilder();
    for (SqlLexer.Token token : tokens(sql)) {
      switch (token.kind()) {
        case BLANK, COMMENT -> plain.append(' ');
        case TEXT -> plain.append("''");
        default -> plain.append(sql, token.from(), token.to());
      }
    }
    return plain.toString().replaceAll("\\s+", " ").strip();
  }

  /// The texts of what a statement runs at once, without their quotes, whichever these are.
  public static List<String> texts(String sql) {
    return texts(sql, plain(sql).regionMatches(true, 0, "DO ", 0, 3));
  }

  private static List<String> texts(String sql, boolean runsBody) {
    List<String> texts = new ArrayList<>();
    for (SqlLexer.Token token : tokens(sql)) {
      if (token.isDollarQuoted(sql)) {
        String body = SqlLexer.body(sql, token);
        texts.add(body);
        texts.addAll(runsBody ? texts(body, true) : List.of());
      } else if (token.kind() == SqlLexer.Kind.TEXT) {
        String text = token.of(sql).replaceFirst("^[eE]?'", "").replaceFirst("'$", "");
        texts.add(text.replace("''", "'"));
      }
    }
    return texts;
  }

  static List<SqlLexer.Token> tokens(String sql) {
    List<SqlLexer.Token> tokens = new ArrayList<>();
    for (int at = 0; at < sql.length(); at = tokens.getLast().to()) {
      tokens.add(SqlLexer.at(sql, at));
    }
    return tokens;
  }

  /// What a statement runs at once, as {@link #plain} has it: for DO, what its body holds, too, and
  /// what that quotes with dollars.
  public static String executed(String sql) {
    String plain = plain(sql);
    return plain.regionMatches(true, 0, "DO ", 0, 3) ? plain + bodies(sql) : plain;
  }

  private static String bodies(String sql) {
    StringBuilder all = new StringBuilder();
    for (SqlLexer.Token token : tokens(sql)) {
      if (token.isDollarQuoted(sql)) {
        String body = SqlLexer.body(sql, token);
        all.append(" ; ").append(plain(body)).append(bodies(body));
      }
    }
    return all.toString();
  }
}
