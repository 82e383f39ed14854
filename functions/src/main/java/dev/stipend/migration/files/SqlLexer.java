package dev.stipend.migration.files;

/// PostgreSQL's lexical rules, as far as they decide where a statement ends and what in it is text.
public final class SqlLexer {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private SqlLexer() {}

  /// What a piece of SQL is.
  public enum Kind {
    BLANK,
    COMMENT,
    /// In single quotes, or between dollars.
    TEXT,
    /// In double quotes.
    QUOTED_NAME,
    /// A name or a word of SQL.
    WORD,
    /// A number, a parameter, or one character of anything else.
    SIGN
  }

  /// A piece of SQL.
  ///
  /// @param from where it begins
  /// @param to where what follows begins; where it is not closed, the end
  public record Token(Kind kind, int from, int to) {
    public String of(String sql) {
      return sql.substring(from, to);
    }

    public boolean isDollarQuoted(String sql) {
      return kind == Kind.TEXT && sql.charAt(from) == '$';
    }
  }

  /// The token that begins here.
  public static Token at(String sql, int at) {
    char first = sql.charAt(at);
    if (isBlank(first)) {
      return new Token(Kind.BLANK, at, afterAll(sql, at, SqlLexer::isBlank));
    }
    if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      return new Token(Kind.COMMENT, at, end < 0 ? sql.length() : end);
    }
    if (sql.startsWith("/*", at)) {
      return new Token(Kind.COMMENT, at, afterComment(sql, at));
    }
    if (first == '\'') {
      return new Token(Kind.TEXT, at, afterQuoted(sql, at, '\''));
    }
    if (first == '"') {
      return new Token(Kind.QUOTED_NAME, at, afterQuoted(sql, at, '"'));
    }
    if (first == '$') {
      return dollar(sql, at);
    }
    if ((first == 'e' || first == 'E') && sql.startsWith("'", at + 1)) {
      return new Token(Kind.TEXT, at, afterEscaped(sql, at + 2));
    }
    if (isNameStart(first)) {
      return new Token(Kind.WORD, at, afterAll(sql, at, SqlLexer::isNamePart));
    }
    return new Token(
        Kind.SIGN, at, isDigit(first) ? afterAll(sql, at, SqlLexer::isNamePart) : at + 1);
  }

  /// What stands in a text between its dollars.
  public static String body(String sql, Token text) {
    int tag = sql.indexOf('$', text.from() + 1) + 1 - text.from();
    String whole = text.of(sql);
    return whole.substring(tag, Math.max(tag, whole.length() - tag));
  }

  private static Token dollar(String sql, int at) {
    int end = at + 1;
    if (end < sql.length() && isDigit(sql.charAt(end))) {
      return new Token(Kind.SIGN, at, afterAll(sql, end, SqlLexer::isDigit));
    }
    if (end < sql.length() && isNameStart(sql.charAt(end))) {
      end = afterAll(sql, end, each -> isNamePart(each) && each != '$');
    }
    if (end >= sql.length() || sql.charAt(end) != '$') {
      return new Token(Kind.SIGN, at, at + 1);
    }
    String tag = sql.substring(at, end + 1);
    int close = sql.indexOf(tag, end + 1);
    return new Token(Kind.TEXT, at, close < 0 ? sql.length() : close + tag.length());
  }

  /// Comments nest.
  private static int afterComment(String sql, int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }

  private static int afterQuoted(String sql, int from, char quote) {
    int at = from + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) != quote) {
        at++;
      } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return at;
  }

  /// A text with escapes goes on where a newline and another quote follow.
  private static int afterEscaped(String sql, int from) {
    int at = from;
    while (at < sql.length()) {
      if (sql.charAt(at) == '\\' || sql.startsWith("''", at)) {
        at += 2;
      } else if (sql.charAt(at) == '\'') {
        int next = afterAll(sql, at + 1, SqlLexer::isBlank);
        if (!sql.startsWith("'", next) || sql.substring(at, next).indexOf('\n') < 0) {
          return at + 1;
        }
        at = next + 1;
      } else {
        at++;
      }
    }
    return sql.length();
  }

  private static int afterAll(String sql, int from, java.util.function.IntPredicate part) {
    int at = from;
    while (at < sql.length() && part.test(sql.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(int sign) {
    return Character.isWhitespace(sign) || sign == BYTE_ORDER_MARK;
  }

  private static boolean isDigit(int sign) {
    return sign >= '0' && sign <= '9';
  }

  private static boolean isNameStart(int sign) {
    return (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || sign == '_'
        || (sign > '\u007F' && !isBlank(sign));
  }

  private static boolean isNamePart(int sign) {
    return isNameStart(sign) || isDigit(sign) || sign == '$';
  }
}
