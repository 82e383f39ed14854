package dev.stipend.http;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.secrets.Sha256;
import dev.stipend.platform.sql.AfterCommit;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.IdempotencyStore;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Does what a request with an `Idempotency-Key` asks once, and answers every repetition the same.
@Singleton
public final class Idempotent {
  public static final String HEADER = "Idempotency-Key";
  public static final String REPLAYED = "Idempotency-Replayed";

  private static final int LONGEST_KEY = 200;

  /// What stands in a header where HTTP could not have carried what was sent. Two keys must not
  /// become one by it.
  private static final char REPLACEMENT = '\ufffd';

  private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG);

  private final IdempotencyStore answers;
  private final JsonText json;

  Idempotent(IdempotencyStore answers, JsonText json) {
    this.answers = answers;
    this.json = json;
  }

  /// The key of a request, where it has one.
  ///
  /// @throws dev.stipend.platform.json.InvalidJsonException if it has a form that no key has
  public static Optional<String> keyOf(HttpRequest<?> request) {
    String sent = request.getHeaders().get(HEADER);
    if (sent == null) {
      return Optional.empty();
    }
    JsonFields header = JsonFields.of(Map.of(HEADER, sent));
    Optional<String> key = header.text(HEADER, LONGEST_KEY);
    if (key.filter(text -> text.indexOf(REPLACEMENT) >= 0).isPresent()) {
      header.error(HEADER, "must have printable ASCII characters only");
    }
    header.check();
    return key;
  }

  /// Tells a request from others.
  public static byte[] digest(HttpRequest<?> request, String body) {
    String text = request.getMethodName() + "\n" + request.getPath() + "\n" + body;
    return Sha256.of(text);
  }

  /// Answers a request.
  ///
  /// @param body the request's body, as it came
  public HttpResponse<?> answer(
      Caller caller,
      HttpRequest<?> request,
      String body,
      Instant now,
      Supplier<MutableHttpResponse<?>> work) {
    return answer(caller, request, body, now, work, UnaryOperator.identity());
  }

  /// Answers a request whose answer is not to be kept as it is.
  ///
  /// @param kept makes of the answer's body the one that repetitions get
  public HttpResponse<?> answer(
      Caller caller,
      HttpRequest<?> request,
      String body,
      Instant now,
      Supplier<MutableHttpResponse<?>> work,
      UnaryOperator<@Nullable Object> kept) {
    Optional<String> key = keyOf(request);
    return key.isEmpty() ? work.get() : once(caller, key.get(), request, body, now, work, kept);
  }

  /// Answers a request whose answer is another once what follows its transaction is done.
  ///
  /// @param done makes of the answer's body the one that is sent and kept
  public HttpResponse<?> answerWhenDone(
      Caller caller,
      HttpRequest<?> request,
      String body,
      Instant now,
      Supplier<MutableHttpResponse<?>> work,
      UnaryOperator<@Nullable Object> done) {
    HttpResponse<?> response = answer(caller, request, body, now, work);
    if (!(response instanceof MutableHttpResponse<?> first)
        || first.getHeaders().contains(REPLAYED)) {
      return response;
    }
    HttpResponse<?> shown = first.body(done.apply(first.body()));
    AfterCommit.attempt(
        () ->
            keyOf(request)
                .ifPresent(
                    key ->
                        answers.keep(caller.workspace().id(), key, written(first, first.body()))));
    return shown;
  }

  private HttpResponse<?> once(
      Caller caller,
      String key,
      HttpRequest<?> request,
      String body,
      Instant now,
      Supplier<MutableHttpResponse<?>> work,
      UnaryOperator<@Nullable Object> kept) {
    List<MutableHttpResponse<?>> first = new ArrayList<>();
    String answer =
        answers.answer(
            caller.workspace().id(),
            key,
            digest(request, body),
            now,
            () -> {
              MutableHttpResponse<?> response = work.get();
              first.add(response);
              return written(response, kept.apply(response.body()));
            });
    return first.isEmpty() ? replayed(answer) : first.getFirst();
  }

  private String written(MutableHttpResponse<?> response, @Nullable Object body) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", response.code());
    KEPT_HEADERS.forEach(
        name ->
            Optional.ofNullable(response.getHeaders().get(name))
                .ifPresent(value -> answer.put(name, value)));
    answer.put("body", body == null ? "" : json.write(body));
    return json.write(answer);
  }

  private static HttpResponse<?> replayed(String answer) {
    Map<?, ?> kept = (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(answer));
    MutableHttpResponse<String> response =
        HttpResponse.<String>status(
                HttpStatus.valueOf(Integer.parseInt(String.valueOf(kept.get("status")))))
            .header(REPLAYED, "true");
    KEPT_HEADERS.forEach(
        name -> {
          if (kept.get(name) instanceof String value) {
            response.header(name, value);
          }
        });
    return kept.get("body") instanceof String body && !body.isEmpty()
        ? response.contentType(MediaType.APPLICATION_JSON_TYPE).body(body)
        : response;
  }
}
