package dev.stipend.console.page;

import dev.stipend.console.session.Session;
import dev.stipend.console.session.SessionBinder;
import dev.stipend.platform.secrets.Sha256;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes pages and sends them.
@Singleton
public class Pages {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, null, "dev.stipend.console.template");

  /// Nothing from elsewhere, and nothing that stands in the page itself but pictures.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /// With no referrer at all, browsers would not tell the origin of a form.
  private static final String REFERRER = "same-origin";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /// The frame of one of the views.
  public PageFrame frame(HttpRequest<?> request, View view) {
    ConsoleText text = ConsoleText.of(request);
    return new PageFrame(
        text, text.say(view.title()), Optional.of(view), SessionBinder.session(request));
  }

  /// The frame of a page within a view.
  ///
  /// @param title in words
  public PageFrame frame(HttpRequest<?> request, View view, String title) {
    return new PageFrame(
        ConsoleText.of(request), title, Optional.of(view), SessionBinder.session(request));
  }

  /// The frame of a page within a view.
  ///
  /// @param title its key
  public PageFrame within(HttpRequest<?> request, View view, String title) {
    return frame(request, view, ConsoleText.of(request).say(title));
  }

  /// The frame of a page that belongs to no view.
  ///
  /// @param title its key
  public PageFrame frame(HttpRequest<?> request, String title) {
    ConsoleText text = ConsoleText.of(request);
    return new PageFrame(text, text.say(title), Optional.empty(), SessionBinder.session(request));
  }

  /// Sends a page, or says that the browser has it.
  ///
  /// @param template its file
  /// @param model what the template needs besides the frame
  public MutableHttpResponse<?> show(
      HttpRequest<?> request, PageFrame frame, String template, Map<String, Object> model) {
    String html = render(frame, template, model);
    String tag = tag(html);
    boolean isKnown =
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))
            .filter(sent -> List.of(sent.split(",\\s*", -1)).contains(tag))
            .isPresent();
    return headers(isKnown ? HttpResponse.notModified() : HttpResponse.ok(html), frame.session())
        .header(HttpHeaders.ETAG, tag);
  }

  /// Sends a page with a status that is not to be kept.
  public MutableHttpResponse<?> show(
      HttpRequest<?> request,
      HttpStatus status,
      PageFrame frame,
      String template,
      Map<String, Object> model) {
    String html = render(frame, template, model);
    return headers(HttpResponse.<String>status(status).body(html), Optional.empty());
  }

  /// Asks whether something is to be done that cannot be undone by the next click.
  ///
  /// @param sentence what is asked, in words
  /// @param action where the form is sent that does it
  /// @param button the key of what does it
  /// @param back where it leads not to do it
  public MutableHttpResponse<?> ask(
      HttpRequest<?> request,
      PageFrame frame,
      String sentence,
      String action,
      String button,
      String back) {
    return show(
        request,
        frame,
        "confirm.jte",
        Map.of("sentence", sentence, "action", action, "button", frame.say(button), "back", back));
  }

  /// Gives an answer that is there already the body of a page.
  public MutableHttpResponse<?> fill(
      MutableHttpResponse<?> response,
      PageFrame frame,
      String template,
      Map<String, Object> model) {
    return headers(response.body(render(frame, template, model)), Optional.empty());
  }

  /// A page as text, for nobody.
  public String html(PageFrame frame, String template, Map<String, Object> model) {
    return render(frame, template, model);
  }

  private static MutableHttpResponse<?> headers(
      MutableHttpResponse<?> response, Optional<Session> kept) {
    return response
        .contentType(MediaType.TEXT_HTML_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, kept.isPresent() ? "private, no-cache" : "no-store")
        .header(HttpHeaders.VARY, "Accept-Language, Cookie")
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", REFERRER)
        .header("Cross-Origin-Opener-Policy", "same-origin");
  }

  private static String render(PageFrame frame, String template, Map<String, Object> model) {
    Map<String, @Nullable Object> parameters = new HashMap<>(model);
    parameters.put("frame", frame);
    TemplateOutput output = new StringOutput();
    TEMPLATES.render(template, parameters, output);
    return output.toString();
  }

  /// Weak, as what is on the wire may be compressed.
  private static String tag(String html) {
    return "W/\"" + BASE64.encodeToString(digest(html)) + "\"";
  }

  private static byte[] digest(String html) {
    return Sha256.begun().digest(html.getBytes(StandardCharsets.UTF_8));
  }
}
