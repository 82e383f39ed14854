package dev.stipend.http.key;

import dev.stipend.http.Audited;
import dev.stipend.http.Cursor;
import dev.stipend.http.Ids;
import dev.stipend.http.Page;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.IssuedKey;
import dev.stipend.tenant.KeyRing;
import dev.stipend.tenant.NewKey;
import dev.stipend.tenant.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lists, makes and revokes the keys of a workspace.
@Controller("/api/keys")
public class KeyController {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 200;

  private final KeyRing keys;
  private final Audited audited;
  private final InstantSource clock;

  KeyController(KeyRing keys, Audited audited, InstantSource clock) {
    this.keys = keys;
    this.audited = audited;
    this.clock = clock;
  }

  /// Lists API keys, newest first. None shows the key itself.
  @Get
  Page<KeyResponse> list(
      Caller caller, @QueryValue Optional<Integer> limit, @QueryValue Optional<String> cursor) {
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    return Page.of(
        keys.page(caller.workspace().id(), from.before(), from.idBefore(), most + 1),
        most,
        key -> Cursor.at(key.createdAt(), key.id()),
        KeyResponse::of);
  }

  /// Makes a key. It is shown in this answer and never again.
  @Post
  HttpResponse<?> create(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    NewKey wanted = read(ExactJson.parse(body));
    return audited.answer(
        caller,
        request,
        body,
        now,
        entries -> {
          IssuedKey issued = keys.create(caller.workspace().id(), wanted, now);
          KeyResponse shown = KeyResponse.of(issued.record());
          entries.add("key.create", target(shown.id()), null, shown);
          return HttpResponse.created(IssuedKeyResponse.of(issued));
        },
        KeyController::withoutKey);
  }

  /// Revokes a key. It is refused from the next request on.
  @Delete("/{id}")
  HttpResponse<?> revoke(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    UUID key = Ids.parse(id).orElseThrow(() -> unknown(id));
    return audited.answer(caller, request, "", now, entries -> revoke(caller, key, entries, now));
  }

  private MutableHttpResponse<?> revoke(
      Caller caller, UUID id, Audited.Entries entries, Instant now) {
    UUID workspace = caller.workspace().id();
    Optional<KeyResponse> before = find(workspace, id);
    return switch (keys.revoke(workspace, id, caller.keyId(), now)) {
      case UNKNOWN -> throw unknown(id.toString());
      case OWN ->
          throw new ProblemException(
              ProblemKind.CONFLICT,
              "This is the key that you are calling with; revoke it with another one.");
      case LAST_ADMIN ->
          throw new ProblemException(
              ProblemKind.CONFLICT,
              "This is the last key of role admin; make another one before you revoke it.");
      case REVOKED_BEFORE -> HttpResponse.noContent();
      case REVOKED -> {
        entries.add(
            "key.revoke", target(id), before.orElse(null), find(workspace, id).orElse(null));
        yield HttpResponse.noContent();
      }
    };
  }

  private Optional<KeyResponse> find(UUID workspace, UUID id) {
    return keys.find(workspace, id).map(KeyResponse::of);
  }

  public static NewKey read(@Nullable Object json) {
    JsonFields fields = JsonFields.of(json);
    fields.require("name");
    fields.require("role");
    NewKey key =
        new NewKey(
            fields.name("name", LONGEST_NAME).orElse(""),
            fields.oneOf("role", Labels.choices(Role.class)).orElse(Role.READ),
            fields.text("userId", LONGEST_ID));
    fields.refuseUnknown();
    fields.check();
    return key;
  }

  private static @Nullable Object withoutKey(@Nullable Object answer) {
    return answer instanceof IssuedKeyResponse issued ? issued.withoutKey() : answer;
  }

  private static String target(UUID id) {
    return "key " + id;
  }

  private static ProblemException unknown(String id) {
    return ProblemException.missing("key", id);
  }
}
