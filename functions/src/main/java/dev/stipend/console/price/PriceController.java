package dev.stipend.console.price;

import dev.stipend.console.form.Form;
import dev.stipend.console.page.Address;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceComparison;
import dev.stipend.ingest.unpriced.UnpricedEvents;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists prices, and the models that wait for one.
@Controller(PriceController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class PriceController {
  static final String PATH = "/prices";
  private static final int PAGE = 50;
  private static final int MOST_WAITING = 200;
  private static final int LONGEST = 200;
  private static final String OWN = "workspace";

  private final UnpricedEvents unpriced;
  private final PriceComparison prices;
  private final Pages pages;
  private final InstantSource clock;

  PriceController(
      UnpricedEvents unpriced, PriceComparison prices, Pages pages, InstantSource clock) {
    this.unpriced = unpriced;
    this.prices = prices;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists prices by provider and model.
  ///
  /// @param q only those whose name contains it
  /// @param book `workspace` for only those that the workspace has a price of its own for
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> q,
      @QueryValue Optional<String> book,
      @QueryValue Optional<String> cursor) {
    Workspace workspace = session.caller().workspace();
    ZoneId zone = ZoneId.of(workspace.timeZone());
    PageFrame frame = pages.frame(request, View.PRICES);
    Optional<String> sought =
        q.map(String::strip)
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST && isPlain(text));
    boolean onlyOwn = book.filter(OWN::equals).isPresent();
    Map<String, String> address = new LinkedHashMap<>();
    address.put("q", sought.orElse(""));
    address.put("book", onlyOwn ? OWN : "");
    PriceComparison.Question question =
        new PriceComparison.Question(
            sought, onlyOwn, cursor.map(text -> Cursor.parse(text, PriceController::name)));
    Listing<PriceRow> found =
        Listing.of(
                prices.page(workspace, question, clock.instant(), PAGE + 1),
                PAGE,
                pair -> next(address, pair.name()))
            .map(pair -> PriceRow.of(pair, zone, frame.text()));
    List<WaitingModel> waiting =
        cursor.isPresent()
            ? List.of()
            : unpriced.byModel(workspace.id()).stream()
                .limit(MOST_WAITING)
                .map(model -> WaitingModel.of(model, zone, frame.text()))
                .toList();
    return pages.show(
        request,
        frame,
        "prices.jte",
        Map.of(
            "waiting",
            waiting,
            "prices",
            found,
            "form",
            Form.of(address),
            "currency",
            workspace.currency()));
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private static String next(Map<String, String> address, ModelName name) {
    Map<String, String> parameters = new LinkedHashMap<>(address);
    parameters.put("cursor", Cursor.text(name.provider() + "\n" + name.model()));
    return Address.of(PATH, parameters);
  }

  private static ModelName name(String place) {
    String[] parts = place.split("\n", 2);
    return new ModelName(parts[0], parts[1]);
  }
}
