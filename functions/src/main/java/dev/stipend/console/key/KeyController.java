package dev.stipend.console.key;

import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Ids;
import dev.stipend.platform.web.SentBody;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.IssuedKey;
import dev.stipend.tenant.KeyRecord;
import dev.stipend.tenant.KeyRing;
import dev.stipend.tenant.NewKey;
import dev.stipend.tenant.Role;
import dev.stipend.time.Period;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Lists, makes and revokes keys.
@Controller(KeyController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class KeyController {
  static final String PATH = "/keys";
  private static final int MOST = 200;
  private static final int LONGEST_FORM = 16 * 1024;
  private static final List<String> FIELDS = List.of("name", "role", "userId");

  private final KeyRing keys;
  private final AuditLog audit;
  private final JsonText json;
  private final Pages pages;
  private final InstantSource clock;

  KeyController(KeyRing keys, AuditLog audit, JsonText json, Pages pages, InstantSource clock) {
    this.keys = keys;
    this.audit = audit;
    this.json = json;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists the newest keys.
  @Get
  HttpResponse<?> list(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    PageFrame frame = pages.frame(request, View.KEYS);
    ZoneId zone = ZoneId.of(session.caller().workspace().timeZone());
    List<KeyModel> found =
        keys.page(workspace(session), Period.FOREVER, new UUID(-1, -1), MOST).stream()
            .map(key -> KeyModel.of(key, session.caller().keyId(), zone, frame.text()))
            .toList();
    return pages.show(request, frame, "keys.jte", Map.of("keys", found));
  }

  /// Makes a key, and shows it this once.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    NewKey wanted = NewKey.read(sent(request));
    Instant now = clock.instant();
    IssuedKey issued =
        audit.together(
            () -> {
              IssuedKey made = keys.create(workspace(session), wanted, now);
              write(session, "key.create", made.record(), now);
              return made;
            });
    PageFrame frame = pages.frame(request, View.KEYS, issued.record().name());
    return pages.show(
        request, HttpStatus.CREATED, frame, "newkey.jte", Map.of("key", issued.key()));
  }

  /// The fields of the form that are filled in.
  private static Map<String, Object> sent(HttpRequest<?> request) {
    Map<String, String> form = SentBody.form(request, LONGEST_FORM);
    Map<String, Object> fields = new HashMap<>();
    for (String field : FIELDS) {
      String value = form.getOrDefault(field, "");
      if (!value.isBlank()) {
        fields.put(field, value);
      }
    }
    return fields;
  }

  /// Asks whether a key is to be revoked.
  @Get("/{id}/revoke")
  HttpResponse<?> ask(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    KeyRecord key = find(session, id);
    PageFrame frame = pages.frame(request, View.KEYS, key.name());
    return pages.show(
        request, frame, "revokekey.jte", Map.of("id", key.id().toString(), "prefix", key.prefix()));
  }

  /// Revokes a key. It is refused from the next request on.
  @Post(value = "/{id}/revoke", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> revoke(Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Instant now = clock.instant();
    return audit.together(
        () -> {
          KeyRecord key = find(session, id);
          switch (keys.revoke(workspace(session), key.id(), session.caller().keyId(), now)) {
            case UNKNOWN -> throw missing();
            case OWN -> throw refused("problem.own-key.detail");
            case LAST_ADMIN -> throw refused("problem.last-key.detail");
            case REVOKED_BEFORE -> {}
            case REVOKED -> write(session, "key.revoke", key, now);
          }
          return HttpResponse.seeOther(URI.create(PATH));
        });
  }

  private void write(Session session, String action, KeyRecord key, Instant now) {
    Map<String, Object> shown = new HashMap<>();
    shown.put("id", key.id());
    shown.put("name", key.name());
    shown.put("prefix", key.prefix());
    shown.put("role", Labels.of(key.role()));
    key.userId().ifPresent(user -> shown.put("userId", user));
    audit.write(
        workspace(session),
        new AuditEvent(session.caller().actor(), action, "key " + key.id())
            .resultingIn(json.write(shown)),
        now);
  }

  private static UUID workspace(Session session) {
    return session.caller().workspace().id();
  }

  private KeyRecord find(Session session, String id) {
    return Ids.parse(id)
        .flatMap(uuid -> keys.find(workspace(session), uuid))
        .orElseThrow(KeyController::missing);
  }

  private static ConsoleProblem missing() {
    return ConsoleProblem.notFound("problem.key.detail");
  }

  private static ConsoleProblem refused(String sentence) {
    return new ConsoleProblem(ConsoleProblem.Kind.INVALID, sentence);
  }
}
