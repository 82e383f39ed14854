package dev.stipend.http.channel;

import dev.stipend.notification.channel.UnsubscribeText;
import dev.stipend.notification.channel.Unsubscribing;
import dev.stipend.notification.channel.Unsubscribing.Reader;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.time.InstantSource;
import java.util.Optional;

/// Where the links in mails lead by which a reader gets no more of them. Not in the API's
/// description: people and their mail programs call it, without a key, and the link is what lets
/// them in. What only looks at a link changes nothing.
@Controller("/unsubscribe")
class UnsubscribeController {
  private final Unsubscribing unsubscribing;
  private final InstantSource clock;

  UnsubscribeController(Unsubscribing unsubscribing, InstantSource clock) {
    this.unsubscribing = unsubscribing;
    this.clock = clock;
  }

  /// Asks whether somebody means it.
  @Get(value = "/{token}", produces = MediaType.TEXT_HTML)
  HttpResponse<String> ask(@PathVariable String token) {
    return unsubscribing
        .find(token)
        .map(
            reader ->
                shown(
                    HttpResponse.ok(),
                    new UnsubscribePage(
                        reader.text().language(),
                        reader.text().question(reader.channel(), reader.address()),
                        reader.text().button())))
        .orElseGet(UnsubscribeController::unknown);
  }

  /// Takes them off. Mail programs post `List-Unsubscribe=One-Click` here, and the page's button
  /// nothing.
  @Post(value = "/{token}", consumes = MediaType.ALL, produces = MediaType.TEXT_HTML)
  HttpResponse<String> leave(@PathVariable String token) {
    Optional<Reader> reader = unsubscribing.find(token);
    reader.ifPresent(found -> unsubscribing.leave(found, clock.instant()));
    return reader
        .map(
            left ->
                shown(
                    HttpResponse.ok(),
                    UnsubscribePage.saying(
                        left.text(), left.text().done(left.channel(), left.address()))))
        .orElseGet(UnsubscribeController::unknown);
  }

  private static HttpResponse<String> unknown() {
    UnsubscribeText words = UnsubscribeText.ofNobody();
    return shown(HttpResponse.notFound(), UnsubscribePage.saying(words, words.unknown()));
  }

  private static HttpResponse<String> shown(MutableHttpResponse<?> response, UnsubscribePage page) {
    return response
        .contentType(MediaType.TEXT_HTML_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Content-Type-Options", "nosniff")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
                + " frame-ancestors 'none'")
        .body(page.html());
  }
}
