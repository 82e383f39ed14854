package dev.stipend.platform.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a text that is no JSON, where, and what would be right. The parser's own
/// words name its classes and settings, which help nobody who sends JSON.
final class Malformed {
  private static final int LONGEST_PATH = 200;
  private static final String VALUE =
      "a value is expected here: a string in double quotes, a number, true, false, null, a list or"
          + " an object; and no comma after the last one";
  private static final String ESCAPE =
      "a backslash in a string must be followed by one of \" \\ / b f n r t, or by u and four"
          + " hexadecimal digits";

  /// @param sign what the parser says
  /// @param words what people read instead
  private record Cause(String sign, String words) {}

  /// The first one whose sign the parser gives; before all, those whose message quotes the sender.
  private static final List<Cause> CAUSES =
      List.of(
          new Cause("Duplicate field", "the field appears twice"),
          new Cause("Unrecognized token", VALUE),
          new Cause(
              "nesting depth", "it is nested deeper than %d levels".formatted(ExactJson.DEEPEST)),
          new Cause(
              "Number value length",
              "a number has more than %d digits".formatted(ExactJson.LONGEST_NUMBER)),
          new Cause(
              "String value length",
              "a string is longer than %,d characters".formatted(ExactJson.LONGEST_TEXT)),
          new Cause("Name length", "the name of a field is too long"),
          new Cause("end-of-input", "it ends too early: a quote, bracket or brace is not closed"),
          new Cause("close marker", "this bracket or brace does not close the last one opened"),
          new Cause("Non-standard token", "NaN and Infinity are not JSON numbers"),
          new Cause("start field name", "the name of a field in double quotes is expected here"),
          new Cause("comma to separate", "a comma is missing here"),
          new Cause(
              "a colon to separate", "a colon is missing here, between a field and its value"),
          new Cause("plus sign", "a number must not begin with +"),
          new Cause("Leading zero", "a number must not begin with zeros"),
          new Cause(
              "in numeric value", "a digit is missing here; write numbers such as 0.5, -3 or 1e6"),
          new Cause(
              "Illegal unquoted character", "a control character in a string must be escaped"),
          new Cause("character escape", ESCAPE),
          new Cause("separating root-level values", "nothing may follow the value"),
          new Cause("comment", "JSON has no comments"),
          new Cause("expected a valid value", VALUE));

  private static final String OTHERWISE = "this character is not allowed here";

  private Malformed() {}

  /// What people are to read.
  ///
  /// @param parserSays the parser's message
  /// @param at the place in the text, if it is known
  /// @param in what was being read
  static String told(String parserSays, @Nullable JsonLocation at, JsonStreamContext in) {
    String words =
        CAUSES.stream()
            .filter(cause -> parserSays.contains(cause.sign()))
            .map(Cause::words)
            .findFirst()
            .orElse(OTHERWISE);
    return words + where(at, in);
  }

  /// Such as ` (line 1, column 24, in events[0].cost)`.
  static String where(@Nullable JsonLocation at, JsonStreamContext in) {
    String place =
        at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    String path = path(in);
    String field = path.isEmpty() ? "" : "in " + PrintableText.of(path, LONGEST_PATH);
    String both = place + (place.isEmpty() || field.isEmpty() ? "" : ", ") + field;
    return both.isEmpty() ? "" : " (" + both + ")";
  }

  private static String path(JsonStreamContext in) {
    Deque<String> parts = new ArrayDeque<>();
    for (JsonStreamContext each = in; each != null; each = each.getParent()) {
      if (each.inArray() && each.hasCurrentIndex()) {
        parts.push("[" + each.getCurrentIndex() + "]");
      } else if (each.inObject() && each.hasCurrentName()) {
        parts.push("." + each.getCurrentName());
      }
    }
    String path = String.join("", parts);
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
