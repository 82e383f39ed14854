package dev.stipend.console.key;

import dev.stipend.console.page.FirstEvent;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.platform.web.Cursor;
import dev.stipend.platform.web.SentBody;
import dev.stipend.tenant.IssuedKey;
import dev.stipend.tenant.KeyDesk;
import dev.stipend.tenant.KeyRecord;
import dev.stipend.tenant.KeyRing;
import dev.stipend.tenant.NewKey;
import dev.stipend.tenant.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Lists, makes and revokes keys.
@Controller(KeyController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class KeyController {
  static final String PATH = "/keys";
  private static final int PAGE = 50;
  private static final String MISSING = "problem.key.detail";
  private static final int LONGEST_FORM = 16 * 1024;
  private static final List<String> FIELDS = List.of("name", "role", "userId");

  private final KeyRing keys;
  private final KeyDesk desk;
  private final Pages pages;
  private final InstantSource clock;

  KeyController(KeyRing keys, KeyDesk desk, Pages pages, InstantSource clock) {
    this.keys = keys;
    this.desk = desk;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists keys, newest first.
  ///
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request, Session session, @QueryValue Optional<String> cursor) {
    session.require(Role.ADMIN);
    PageFrame frame = pages.frame(request, View.KEYS);
    ZoneId zone = ZoneId.of(session.caller().workspace().timeZone());
    Cursor from = Cursor.parse(cursor);
    Listing<KeyModel> found =
        Listing.of(
                keys.page(workspace(session), from.before(), from.idBefore(), PAGE + 1),
                PAGE,
                key -> Cursor.at(key.createdAt(), key.id()))
            .map(key -> KeyModel.of(key, session.caller().keyId(), zone, frame.text()));
    return pages.show(request, frame, "keys.jte", Map.of("keys", found));
  }

  /// Makes a key, and shows it this once.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    NewKey wanted = NewKey.read(sent(request));
    IssuedKey issued = desk.create(session.caller(), wanted, clock.instant());
    PageFrame frame = pages.frame(request, View.KEYS, issued.record().name());
    FirstEvent example = FirstEvent.of(request, Optional.of(issued.key()));
    return pages.show(
        request,
        HttpStatus.CREATED,
        frame,
        "newkey.jte",
        Map.of("key", issued.key(), "example", example));
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
    KeyRecord key = session.find(id, keys::find, MISSING);
    PageFrame frame = pages.frame(request, View.KEYS, key.name());
    return pages.ask(
        request,
        frame,
        frame.say("keys.ask", key.prefix()),
        PATH + "/" + key.id() + "/revoke",
        "keys.revoke",
        PATH);
  }

  /// Revokes a key. It is refused from the next request on.
  @Post(value = "/{id}/revoke", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> revoke(Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    KeyRecord key = session.find(id, keys::find, MISSING);
    switch (desk.revoke(session.caller(), key, clock.instant())) {
      case UNKNOWN -> throw ConsoleProblem.notFound(MISSING);
      case OWN -> throw refused("problem.own-key.detail");
      case LAST_ADMIN -> throw refused("problem.last-key.detail");
      case REVOKED_BEFORE, REVOKED -> {}
    }
    return HttpResponse.seeOther(URI.create(PATH));
  }

  private static UUID workspace(Session session) {
    return session.caller().workspace().id();
  }

  private static ConsoleProblem refused(String sentence) {
    return new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, sentence);
  }
}
