package dev.stipend.console.price;

import dev.stipend.console.form.Form;
import dev.stipend.console.page.Address;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.PriceReader;
import dev.stipend.ingest.price.PriceWriter;
import dev.stipend.ingest.price.list.PriceImport;
import dev.stipend.ingest.price.list.PricesImported;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Role;
import dev.stipend.usecase.PreviewPrice;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sets prices: one, after showing what it would mean, or those of a file.
@Controller(PriceController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class PriceFormController {
  private static final String CONFLICT = "effectiveFrom";
  private static final String FILE = "file";
  private static final int LONGEST_FILE = 6 * 1024 * 1024;
  private static final int MOST_TOLD = InvalidJsonException.MOST_TOLD;

  private final PriceReader reader;
  private final PreviewPrice preview;
  private final PriceImport prices;
  private final Pages pages;
  private final InstantSource clock;

  PriceFormController(
      PriceReader reader,
      PreviewPrice preview,
      PriceImport prices,
      Pages pages,
      InstantSource clock) {
    this.reader = reader;
    this.preview = preview;
    this.prices = prices;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows the form, filled in with what the address says.
  @Get("/new")
  HttpResponse<?> ask(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Map<String, String> values = new LinkedHashMap<>();
    request.getParameters().forEachValue((name, value) -> values.putIfAbsent(name, value));
    return show(request, HttpStatus.OK, Form.of(values), Optional.empty());
  }

  /// Shows what a price would mean.
  @Post(value = "/preview", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> preview(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Form form = Form.sent(request);
    try {
      NewPrice price = PriceForm.read(form, reader);
      PreviewPrice.Effect effect = preview.of(session.caller().workspace(), price, clock.instant());
      return effect.fate() == PriceWriter.Fate.TAKEN
          ? conflict(request, form)
          : show(request, HttpStatus.OK, form, Optional.of(effect));
    } catch (InvalidJsonException wrong) {
      return show(request, HttpStatus.BAD_REQUEST, form.wrong(wrong), Optional.empty());
    }
  }

  /// Adds a price of the workspace's own.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> set(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Form form = Form.sent(request);
    try {
      NewPrice price = PriceForm.read(form, reader);
      PricesImported outcome =
          prices.set(
              session.caller().workspace(), price, session.caller().actor(), clock.instant());
      return outcome.skipped().isEmpty()
          ? HttpResponse.seeOther(
              URI.create(Address.of(PriceController.PATH, Map.of("q", price.name().model()))))
          : conflict(request, form);
    } catch (InvalidJsonException wrong) {
      return show(request, HttpStatus.BAD_REQUEST, form.wrong(wrong), Optional.empty());
    }
  }

  private HttpResponse<?> conflict(HttpRequest<?> request, Form form) {
    return show(
        request,
        HttpStatus.CONFLICT,
        form.wrong(CONFLICT, PriceWriter.TAKEN_BECAUSE),
        Optional.empty());
  }

  private HttpResponse<?> show(
      HttpRequest<?> request, HttpStatus status, Form form, Optional<PreviewPrice.Effect> effect) {
    PageFrame frame = pages.frame(request, View.PRICES);
    PageFrame titled = pages.within(request, View.PRICES, "prices.set");
    Optional<EffectModel> shown =
        frame
            .session()
            .flatMap(
                session ->
                    effect.map(
                        known ->
                            EffectModel.of(known, session.caller().workspace(), frame.text())));
    return pages.show(
        request,
        status,
        titled,
        "price.jte",
        Map.of(
            "form",
            form,
            "effect",
            shown,
            "required",
            PriceForm.kinds(true),
            "others",
            PriceForm.kinds(false)));
  }

  /// Shows where a file of prices is to be put.
  @Get("/import")
  HttpResponse<?> askForFile(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    return showImport(request, HttpStatus.OK, Form.EMPTY, Optional.empty());
  }

  /// Adds the prices of a file, in Stipend's or LiteLLM's form.
  @Post(value = "/import", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> read(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Form form = Form.sent(request, LONGEST_FILE);
    try {
      PricesImported outcome =
          prices.read(
              session.caller().workspace(),
              form.filled(FILE).orElseThrow(() -> new InvalidJsonException(FILE, "is required")),
              Optional.empty(),
              session.caller().actor(),
              clock.instant());
      return showImport(request, HttpStatus.OK, Form.EMPTY, Optional.of(outcome));
    } catch (InvalidJsonException wrong) {
      return showImport(
          request, HttpStatus.BAD_REQUEST, form.wrong(FILE, wrong.summary()), Optional.empty());
    }
  }

  private HttpResponse<?> showImport(
      HttpRequest<?> request, HttpStatus status, Form form, Optional<PricesImported> outcome) {
    PageFrame frame = pages.frame(request, View.PRICES);
    return pages.show(
        request,
        status,
        pages.within(request, View.PRICES, "prices.import"),
        "priceimport.jte",
        Map.of(
            "form",
            form,
            "outcome",
            outcome.map(done -> ImportModel.of(done, frame.text(), MOST_TOLD))));
  }
}
