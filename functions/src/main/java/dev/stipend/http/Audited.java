package dev.stipend.http;

import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Does what an administrator asks, once for each idempotency key, in one transaction with what the
/// audit log says of it.
@Singleton
public final class Audited {
  private final Idempotent idempotent;
  private final AuditLog log;
  private final JsonText json;

  Audited(Idempotent idempotent, AuditLog log, JsonText json) {
    this.idempotent = idempotent;
    this.log = log;
    this.json = json;
  }

  /// Work that answers a request, and writes down what it did.
  @FunctionalInterface
  public interface Work {
    public MutableHttpResponse<?> answer(Entries entries);
  }

  /// The audit log, open at the page of one caller.
  @FunctionalInterface
  public interface Entries {
    /// Writes an entry.
    ///
    /// @param action such as `channel.update`
    /// @param target such as `channel` and its id
    /// @param before the target before, as the API shows it; null where there was none
    /// @param after the target after, or what was answered; null where there is none
    void add(String action, String target, @Nullable Object before, @Nullable Object after);

    /// Writes an entry about the thing of this id whose kind the action names.
    default void add(String action, UUID id, @Nullable Object before, @Nullable Object after) {
      add(action, action.substring(0, action.indexOf('.')) + " " + id, before, after);
    }
  }

  /// Answers a request.
  ///
  /// @param body the request's body, as it came
  /// @param kept makes of the answer's body the one that repetitions get
  public HttpResponse<?> answer(
      Caller caller,
      HttpRequest<?> request,
      String body,
      Instant now,
      Work work,
      UnaryOperator<@Nullable Object> kept) {
    return idempotent.answer(
        caller,
        request,
        body,
        now,
        () -> log.together(() -> work.answer(entries(caller, now))),
        kept);
  }

  /// Where the caller's deeds are written down.
  private Entries entries(Caller caller, Instant now) {
    return (action, target, before, after) ->
        log.write(
            caller.workspace().id(),
            new AuditEvent(caller.actor(), action, target, text(before), text(after)),
            now);
  }

  private Optional<String> text(@Nullable Object shown) {
    return Optional.ofNullable(shown).map(json::write);
  }
}
