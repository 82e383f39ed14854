package dev.stipend.migration.lint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement without what could be mistaken for SQL: comments, texts, bodies of functions.
public final class SqlText {
  private static final Pattern DOLLAR = Pattern.compile("\\$[A-Za-z_]*\\$");

  private SqlText() {}

  /// One line, words separated by single blanks, texts empty; the case is kept.
  public static String plain(String sql) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      int end = end(sql, at);
      if (end > at) {
        plain.append(isText(sql, at) ? "''" : " ");
        at = end;
      } else {
        plain.append(sql.charAt(at));
        at++;
      }
    }
    return plain.toString().replaceAll("\\s+", " ").strip();
  }

  /// What a statement runs at once, as {@link #plain} has it: for DO, what its body holds, too, and
  /// what that quotes with dollars.
  public static String executed(String sql) {
    String plain = plain(sql);
    return plain.regionMatches(true, 0, "DO ", 0, 3) ? plain + bodies(sql) : plain;
  }

  private static String bodies(String sql) {
    StringBuilder all = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      int end = end(sql, at);
      if (end > at && sql.charAt(at) == '$') {
        int tag = sql.indexOf('$', at + 1) + 1 - at;
        String body = sql.substring(at + tag, Math.max(at + tag, end - tag));
        all.append(" ; ").append(plain(body)).append(bodies(body));
      }
      at = Math.max(end, at + 1);
    }
    return all.toString();
  }

  /// Where the comment, text or body that begins here ends; the same place if none does.
  private static int end(String sql, int at) {
    if (sql.startsWith("--", at)) {
      return before(sql, "\n", at);
    }
    if (sql.startsWith("/*", at)) {
      return after(sql, "*/", at + 2);
    }
    if (sql.charAt(at) == '\'') {
      int end = at + 1;
      while (end < sql.length() && (sql.charAt(end) != '\'' || sql.startsWith("''", end))) {
        end += sql.startsWith("''", end) ? 2 : 1;
      }
      return Math.min(end + 1, sql.length());
    }
    if (sql.charAt(at) == '$') {
      Matcher tag = DOLLAR.matcher(sql).region(at, sql.length());
      return tag.lookingAt() ? after(sql, tag.group(), tag.end()) : at;
    }
    return at;
  }

  private static boolean isText(String sql, int at) {
    return sql.charAt(at) == '\'' || sql.charAt(at) == '$';
  }

  private static int before(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found;
  }

  private static int after(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }
}
