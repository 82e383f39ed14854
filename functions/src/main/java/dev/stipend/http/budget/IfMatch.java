package dev.stipend.http.budget;

import dev.stipend.http.ApiRequest;
import dev.stipend.platform.json.InvalidJsonException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Entity tags: a thing's version in quotes. An edit with `If-Match` is done only where the thing
/// still has one of the versions it names.
final class IfMatch {
  private static final int LONGEST = 1000;
  private static final String TAG = "(W/)?\"[\\x21\\x23-\\x7e]*\"";
  private static final Pattern TAGS =
      Pattern.compile("[ \\t]*%s([ \\t]*,[ \\t]*%s)*[ \\t]*".formatted(TAG, TAG));
  private static final Pattern ONE_TAG = Pattern.compile(TAG);

  private IfMatch() {}

  /// An answer that shows a version.
  static <T> MutableHttpResponse<T> tagged(MutableHttpResponse<T> response, int version) {
    return response.header(HttpHeaders.ETAG, tag(version));
  }

  /// An answer of a thing as it is.
  static <T> MutableHttpResponse<T> ok(T body, int version) {
    return tagged(HttpResponse.ok(body), version);
  }

  /// The versions that a request may edit: all, unless it says otherwise. A weak tag matches none,
  /// as RFC 9110 has it for edits.
  ///
  /// @throws InvalidJsonException if the header has another form
  static IntPredicate of(ApiRequest request) {
    String sent = request.header(HttpHeaders.IF_MATCH).orElse("*");
    if (sent.strip().equals("*")) {
      return version -> true;
    }
    if (sent.length() > LONGEST || !TAGS.matcher(sent).matches()) {
      throw new InvalidJsonException(
          HttpHeaders.IF_MATCH, "must be the ETag that you read, quotes included, or *");
    }
    Set<String> tags =
        ONE_TAG.matcher(sent).results().map(found -> found.group()).collect(Collectors.toSet());
    return version -> tags.contains(tag(version));
  }

  private static String tag(int version) {
    return "\"" + version + "\"";
  }
}
