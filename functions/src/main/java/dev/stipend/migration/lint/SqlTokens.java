package dev.stipend.migration.lint;

import dev.stipend.migration.files.SqlLexer;
import java.util.List;
import java.util.Locale;

/// The names and signs of a statement, in their order. Beyond the ends there are empty words.
public record SqlTokens(List<String> tokens) {
  /// What a statement runs at once; see {@link SqlText#executed}.
  public static SqlTokens of(String sql) {
    String executed = SqlText.executed(sql);
    return new SqlTokens(
        SqlText.tokens(executed).stream()
            .filter(token -> token.kind() != SqlLexer.Kind.BLANK)
            .map(token -> token.of(executed))
            .toList());
  }

  public int size() {
    return tokens.size();
  }

  /// In capitals; quoted names keep their quotes, and so are never taken for words of SQL.
  public String word(int at) {
    return at < 0 || at >= tokens.size() ? "" : tokens.get(at).toUpperCase(Locale.ROOT);
  }

  public boolean is(int at, String word) {
    return word(at).equals(word);
  }

  public boolean isName(int at) {
    String word = word(at);
    return !word.isEmpty()
        && (Character.isLetter(word.charAt(0))
            || word.charAt(0) == '_'
            || word.charAt(0) > '\u007F'
            || (word.length() > 2 && word.charAt(0) == '"'));
  }

  /// As PostgreSQL folds it.
  public String name(int at) {
    String token = tokens.get(at);
    return token.charAt(0) == '"'
        ? token.substring(1, token.length() - 1).replace("\"\"", "\"")
        : token.toLowerCase(Locale.ROOT);
  }

  /// Whether a name, a dot and another name stand here.
  public boolean isQualified(int at) {
    return isName(at) && is(at + 1, ".") && isName(at + 2);
  }

  /// Where what follows a pair of parentheses is; the same place if none opens here.
  public int afterParentheses(int from) {
    int depth = 0;
    for (int at = from; at < size(); at++) {
      if (is(at, "(")) {
        depth++;
      } else if (is(at, ")")) {
        depth--;
      }
      if (depth == 0) {
        return is(from, "(") ? at + 1 : from;
      }
    }
    return size();
  }
}
