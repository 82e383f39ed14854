package dev.stipend.http;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.Ids;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Workspace;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A request of a known caller: what is asked, and when. It is done once for each idempotency key,
/// where it is done by {@link #once} or {@link #audited}.
public final class ApiRequest {
  private final Caller caller;
  private final HttpRequest<?> http;
  private final Instant now;
  private final Idempotent idempotent;
  private final Audited audited;

  /// Read when somebody asks for it: much is asked without one.
  private final Supplier<byte[]> sent;
  private final Supplier<String> body;

  /// @param body what it holds; no bytes where there is none
  public ApiRequest(
      Caller caller,
      HttpRequest<?> http,
      Supplier<byte[]> body,
      Instant now,
      Idempotent idempotent,
      Audited audited) {
    this.caller = caller;
    this.http = http;
    this.now = now;
    this.idempotent = idempotent;
    this.audited = audited;
    this.sent = body;
    this.body = SupplierUtil.memoized(() -> BodyText.of(http, body.get()));
  }

  public Caller caller() {
    return caller;
  }

  /// What histories call its caller.
  public String actor() {
    return caller.actor();
  }

  /// The only workspace that it may see.
  public Workspace workspace() {
    return caller.workspace();
  }

  public UUID workspaceId() {
    return workspace().id();
  }

  /// When it came.
  public Instant now() {
    return now;
  }

  /// A header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(http.getHeaders().get(name));
  }

  /// Whether the database did not answer when the caller was to be recognised.
  public boolean hasOutage() {
    return CallerBinder.hasOutage(http);
  }

  /// Its body as JSON with all digits.
  ///
  /// @throws InvalidJsonException if there is none, or it is no JSON
  public @Nullable Object json() {
    return ExactJson.parse(text());
  }

  /// Its body as JSON, or what it means to send none.
  public @Nullable Object jsonOr(Object none) {
    return body.get().isBlank() ? none : json();
  }

  /// Its body as it came.
  public String text() {
    if (body.get().isEmpty()) {
      throw new InvalidJsonException("body", "is required");
    }
    return body.get();
  }

  /// Its body as bytes, inflated where its sender compressed it.
  public byte[] bytes() {
    return BodyText.plain(http, sent.get());
  }

  /// What has the id that a path names, in the caller's workspace.
  ///
  /// @param what such as `channel`
  /// @throws ProblemException if there is none
  public <T> T find(String what, String id, BiFunction<UUID, UUID, Optional<T>> lookup) {
    return Ids.parse(id)
        .flatMap(uuid -> lookup.apply(workspaceId(), uuid))
        .orElseThrow(() -> ProblemException.missing(what, id));
  }

  /// Its idempotency key, where it has one.
  public Optional<String> key() {
    return Idempotent.keyOf(http);
  }

  /// Tells what is asked from what others ask.
  public byte[] digest() {
    return Idempotent.digest(http, body.get());
  }

  /// Does it.
  public HttpResponse<?> once(Supplier<MutableHttpResponse<?>> work) {
    return once("", work);
  }

  /// Does it, where more than its body tells it from others.
  public HttpResponse<?> once(String more, Supplier<MutableHttpResponse<?>> work) {
    return idempotent.answer(caller, http, more + body.get(), now, work);
  }

  /// Does it, where the answer is another once what follows the transaction is done.
  ///
  /// @param done makes of the answer's body the one that is sent and kept
  public HttpResponse<?> onceDone(
      Supplier<MutableHttpResponse<?>> work, UnaryOperator<@Nullable Object> done) {
    return idempotent.answerWhenDone(caller, http, body.get(), now, work, done);
  }

  /// Does it, and writes it down in the audit log.
  public HttpResponse<?> audited(Audited.Work work) {
    return audited(work, UnaryOperator.identity());
  }

  /// The same, where the answer is not to be kept as it is.
  ///
  /// @param kept makes of the answer's body the one that repetitions get
  public HttpResponse<?> audited(Audited.Work work, UnaryOperator<@Nullable Object> kept) {
    return audited.answer(caller, http, body.get(), now, work, kept);
  }
}
