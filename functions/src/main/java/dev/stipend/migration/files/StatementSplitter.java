package dev.stipend.migration.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Splits a file into statements as psql does: at semicolons, but not in parentheses, nor between
/// BEGIN and END of a routine whose body is SQL.
final class StatementSplitter {
  /// A statement, without the semicolon.
  ///
  /// @param line where it begins
  /// @param data the lines that follow a COPY from the standard input
  record Piece(String sql, int line, Optional<String> data) {}

  private static final String END_OF_DATA = "\\.";

  /// As many words as tell whether a routine is made.
  private static final int HEAD = 4;

  private static final Set<String> ROUTINES =
      Set.of(
          "create function",
          "create procedure",
          "create or replace function",
          "create or replace procedure");

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private int start = -1;

  /// Data of a COPY, which begins in the next line and is no SQL.
  private int data = Integer.MAX_VALUE;

  private int afterData;
  private int parentheses;
  private int blocks;

  private StatementSplitter(String text) {
    this.text = text;
  }

  static List<Piece> split(String text) {
    StatementSplitter splitter = new StatementSplitter(text);
    splitter.run();
    return splitter.pieces;
  }

  private void run() {
    int at = 0;
    while (at < text.length()) {
      SqlLexer.Token token = SqlLexer.at(text, at);
      at = after(token.to());
      if (token.kind() == SqlLexer.Kind.BLANK || token.kind() == SqlLexer.Kind.COMMENT) {
        continue;
      }
      if (token.kind() == SqlLexer.Kind.SIGN && ends(text.charAt(token.from()))) {
        end(token.from());
        at = after(token.to());
        continue;
      }
      if (start < 0) {
        start = token.from();
      }
      if (token.kind() == SqlLexer.Kind.WORD) {
        word(token.of(text).toLowerCase(Locale.ROOT));
      }
    }
    end(text.length());
  }

  private boolean ends(char sign) {
    if (sign == '(') {
      parentheses++;
    } else if (sign == ')') {
      parentheses = Math.max(0, parentheses - 1);
    }
    return sign == ';' && parentheses == 0 && blocks == 0;
  }

  private void word(String word) {
    if (parentheses > 0) {
      return;
    }
    words.add(word);
    if (!makesRoutine()) {
      return;
    }
    switch (word) {
      case "begin" -> blocks++;
      case "case" -> blocks += blocks > 0 ? 1 : 0;
      case "end" -> blocks = Math.max(0, blocks - 1);
      default -> {
        // It opens and closes nothing.
      }
    }
  }

  private boolean makesRoutine() {
    String head = String.join(" ", words.subList(0, Math.min(HEAD, words.size())));
    return ROUTINES.stream().anyMatch(routine -> (head + " ").startsWith(routine + " "));
  }

  private int after(int token) {
    if (token < data) {
      return token;
    }
    data = Integer.MAX_VALUE;
    return afterData;
  }

  private void end(int semicolon) {
    if (start >= 0) {
      pieces.add(
          new Piece(
              text.substring(start, semicolon).stripTrailing(),
              1 + (int) text.substring(0, start).chars().filter(sign -> sign == '\n').count(),
              copies() ? Optional.of(data(semicolon)) : Optional.empty()));
    }
    start = -1;
    parentheses = 0;
    blocks = 0;
    words.clear();
  }

  private String data(int semicolon) {
    data = afterLine(semicolon);
    int end = data;
    while (end < text.length()
        && !text.substring(end, afterLine(end)).strip().equals(END_OF_DATA)) {
      end = afterLine(end);
    }
    afterData = afterLine(end);
    return text.substring(data, end);
  }

  private boolean copies() {
    int from = words.lastIndexOf("from");
    return words.getFirst().equals("copy")
        && from > 0
        && from + 1 < words.size()
        && words.get(from + 1).equals("stdin");
  }

  private int afterLine(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }
}
