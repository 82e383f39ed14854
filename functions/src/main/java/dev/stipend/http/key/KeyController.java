package dev.stipend.http.key;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.IssuedKey;
import dev.stipend.tenant.KeyDesk;
import dev.stipend.tenant.KeyRecord;
import dev.stipend.tenant.KeyResponse;
import dev.stipend.tenant.KeyRing;
import dev.stipend.tenant.NewKey;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lists, makes and revokes the keys of a workspace.
@Controller("/api/keys")
class KeyController {
  private final KeyRing keys;
  private final KeyDesk desk;

  KeyController(KeyRing keys, KeyDesk desk) {
    this.keys = keys;
    this.desk = desk;
  }

  /// A key that was just made.
  ///
  /// @param key the key itself; absent when the request is repeated, because it is kept nowhere
  /// @param note what to do about that
  @Serdeable
  record IssuedKeyResponse(
      UUID id,
      String name,
      String prefix,
      String role,
      Optional<String> userId,
      Instant createdAt,
      Optional<String> key,
      String note) {
    private static final String SHOWN = "Store the key now: it is shown only once.";
    private static final String NOT_AGAIN =
        "The key was shown in the first response to this request and is not stored. If you lost"
            + " that response, revoke this key and make another with a new idempotency key.";

    static IssuedKeyResponse of(KeyResponse shown, String key) {
      return new IssuedKeyResponse(
          shown.id(),
          shown.name(),
          shown.prefix(),
          shown.role(),
          shown.userId(),
          shown.createdAt(),
          Optional.of(key),
          SHOWN);
    }

    /// What may be kept of it.
    IssuedKeyResponse withoutKey() {
      return new IssuedKeyResponse(
          id, name, prefix, role, userId, createdAt, Optional.empty(), NOT_AGAIN);
    }

    @Override
    public String toString() {
      return "key " + id;
    }
  }

  /// Lists API keys, newest first. None shows the key itself.
  @Get
  Page<KeyResponse> list(ApiRequest request, PageRequest page) {
    Cursor from = page.from();
    return page.of(
        keys.page(request.workspaceId(), from.before(), from.idBefore(), page.most()),
        key -> Cursor.at(key.createdAt(), key.id()),
        KeyResponse::of);
  }

  /// Makes a key. It is shown in this answer and never again.
  @Post
  HttpResponse<?> create(ApiRequest request) {
    NewKey wanted = NewKey.read(request.json());
    return request.audited(
        entries -> {
          IssuedKey issued = desk.create(request.caller(), wanted, request.now());
          return HttpResponse.created(
              IssuedKeyResponse.of(KeyResponse.of(issued.record()), issued.key()));
        },
        KeyController::withoutKey);
  }

  /// Revokes a key. It is refused from the next request on.
  @Delete("/{id}")
  HttpResponse<?> revoke(ApiRequest request, @PathVariable String id) {
    return request.once(() -> revoke(request, request.find("key", id, keys::find)));
  }

  private MutableHttpResponse<?> revoke(ApiRequest request, KeyRecord key) {
    return switch (desk.revoke(request.caller(), key, request.now())) {
      case UNKNOWN -> throw ProblemException.missing("key", key.id().toString());
      case OWN ->
          throw new ProblemException(
              ProblemKind.CONFLICT,
              "This is the key that you are calling with; revoke it with another one.");
      case LAST_ADMIN ->
          throw new ProblemException(
              ProblemKind.CONFLICT,
              "This is the last key of role admin; make another one before you revoke it.");
      case REVOKED_BEFORE, REVOKED -> HttpResponse.noContent();
    };
  }

  private static @Nullable Object withoutKey(@Nullable Object answer) {
    return answer instanceof IssuedKeyResponse issued ? issued.withoutKey() : answer;
  }
}
