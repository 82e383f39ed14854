package dev.stipend.http.price;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.http.QueryParameters;
import dev.stipend.ingest.price.NewPrice;
import dev.stipend.ingest.price.PriceCatalog;
import dev.stipend.ingest.price.PriceFilter;
import dev.stipend.ingest.price.PriceKey;
import dev.stipend.ingest.price.PriceReader;
import dev.stipend.ingest.price.list.ParsedPriceFile;
import dev.stipend.ingest.price.list.PriceImport;
import dev.stipend.ingest.price.list.PricesImported;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.PreviewPrice;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shows prices, and sets a workspace's own. Prices are added, never changed or deleted: a new
/// price holds from its own instant on.
@Controller("/api/prices")
class PriceController {
  static final String WORKSPACE = "workspace";
  static final String LIST = "list";

  /// Whether a book is the workspace's own.
  private static final Map<String, Boolean> BOOKS =
      new TreeMap<>(Map.of(WORKSPACE, true, LIST, false));

  private final PriceCatalog catalog;
  private final PriceImport prices;
  private final PriceReader reader;
  private final PreviewPrice preview;

  PriceController(
      PriceCatalog catalog, PriceImport prices, PriceReader reader, PreviewPrice preview) {
    this.catalog = catalog;
    this.prices = prices;
    this.reader = reader;
    this.preview = preview;
  }

  /// An entry of an import with something to say about it.
  @Serdeable
  record Remark(String name, String text) {
    static List<Remark> first(List<ParsedPriceFile.Remark> remarks) {
      return remarks.stream()
          .limit(InvalidJsonException.MOST_TOLD)
          .map(remark -> new Remark(remark.name(), remark.text()))
          .toList();
    }
  }

  /// What became of an import.
  ///
  /// @param imported how many prices are new
  /// @param unchanged how many were in force already
  /// @param skippedCount how many entries were not taken
  /// @param skipped the first twenty of them, with the reason
  /// @param notesCount how much was taken otherwise than it stands in the file
  /// @param notes the first twenty of these
  /// @param pricesEvents how many recorded events waited for a price and have one now
  @Serdeable
  record Imported(
      int imported,
      int unchanged,
      int skippedCount,
      List<Remark> skipped,
      int notesCount,
      List<Remark> notes,
      long pricesEvents) {
    static Imported of(PricesImported outcome) {
      return new Imported(
          outcome.imported(),
          outcome.unchanged(),
          outcome.skipped().size(),
          Remark.first(outcome.skipped()),
          outcome.notes().size(),
          Remark.first(outcome.notes()),
          outcome.pricesEvents());
    }
  }

  /// Lists prices by provider and model.
  ///
  /// @param provider only those of this provider
  /// @param model only those of this model
  /// @param book only those of the `workspace` itself, or of the `list` that everybody has
  /// @param at only those that hold at this time; ISO 8601 with its offset
  /// @param q only those of models whose provider and name, or an alias, contain this text
  @Get
  Page<PriceResponse> list(
      ApiRequest request,
      @QueryValue Optional<String> provider,
      @QueryValue Optional<String> model,
      @QueryValue Optional<String> book,
      @QueryValue Optional<String> at,
      @QueryValue Optional<String> q,
      PageRequest page) {
    PriceFilter filter =
        new PriceFilter(
            provider,
            model,
            QueryParameters.choice("book", book, BOOKS),
            at.map(text -> instant("at", text)),
            q,
            page.cursor().map(PriceCursor::parse));
    return page.of(
        catalog.page(request.workspace(), filter, page.most()),
        found -> PriceCursor.of(PriceKey.of(found.price())),
        PriceResponse::of);
  }

  /// Adds a price of the workspace's own. It goes before the list's from its own time on, and says
  /// how many events that waited for a price it prices.
  @Post
  HttpResponse<?> set(ApiRequest request) {
    NewPrice price = reader.read(request.json());
    return request.once(() -> response(request, price));
  }

  /// Tells what adding a price of the workspace's own would mean. Nothing is changed.
  @Post("/preview")
  PricePreview preview(ApiRequest request) {
    NewPrice price = reader.read(request.json());
    return PricePreview.of(preview.of(request.workspace(), price, request.now()));
  }

  /// Adds many prices at once. Entries that cannot be taken are counted, and the first of
  /// them named; the others are added.
  ///
  /// @param effectiveFrom from when those hold that do not say; if nothing is said, the first price
  ///     of a model holds from the earliest event that waits for it, and all others from now on
  @Post("/import")
  HttpResponse<?> read(ApiRequest request, @QueryValue Optional<String> effectiveFrom) {
    Optional<Instant> from = effectiveFrom.map(text -> instant("effectiveFrom", text));
    String file = request.text();
    // The same file from another time on is another request.
    return request.once(
        effectiveFrom.map(text -> text + "\n").orElse(""),
        () ->
            HttpResponse.ok(
                Imported.of(
                    prices.read(request.workspace(), file, from, request.actor(), request.now()))));
  }

  private MutableHttpResponse<PriceResponse> response(ApiRequest request, NewPrice price) {
    PricesImported outcome = prices.set(request.workspace(), price, request.actor(), request.now());
    if (!outcome.skipped().isEmpty()) {
      throw new ProblemException(
          ProblemKind.CONFLICT,
          outcome.skipped().getFirst().name() + " " + outcome.skipped().getFirst().text());
    }
    PriceResponse shown =
        inForce(request.workspace(), price, price.effectiveFrom().orElse(request.now()))
            .pricing(outcome.pricesEvents());
    return outcome.imported() > 0 ? HttpResponse.created(shown) : HttpResponse.ok(shown);
  }

  private PriceResponse inForce(Workspace workspace, NewPrice price, Instant at) {
    PriceFilter filter =
        new PriceFilter(
            Optional.of(price.name().provider()),
            Optional.of(price.name().model()),
            Optional.of(true),
            Optional.of(at),
            Optional.empty(),
            Optional.empty());
    return catalog.page(workspace, filter, PageRequest.USUAL_LIMIT).stream()
        .filter(found -> found.price().name().equals(price.name()))
        .findFirst()
        .map(PriceResponse::of)
        .orElseThrow();
  }

  private static Instant instant(String name, String text) {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      if (PriceReader.isSettable(at)) {
        return at;
      }
    } catch (DateTimeException wrong) {
      // Said below, as of any other that cannot be.
    }
    throw new InvalidJsonException(
        name, "must be an ISO 8601 time with an offset, such as 2026-03-01T09:30:00Z");
  }
}
