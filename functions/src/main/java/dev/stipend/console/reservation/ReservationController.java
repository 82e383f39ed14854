package dev.stipend.console.reservation;

import dev.stipend.console.page.Address;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReservationEndedException;
import dev.stipend.enforcement.ReservationRepository;
import dev.stipend.enforcement.ReservationRepository.HeldBudget;
import dev.stipend.enforcement.ReservationStanding;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.ReleaseByHand;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Lists what work holds, and gives it up by hand.
@Controller(ReservationController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class ReservationController {
  static final String PATH = "/reservations";
  private static final int PAGE = 50;
  private static final String ALL = "all";
  private static final String MISSING = "problem.reservation.detail";

  private final ReservationRepository reservations;
  private final ReleaseByHand release;
  private final Pages pages;
  private final InstantSource clock;

  ReservationController(
      ReservationRepository reservations, ReleaseByHand release, Pages pages, InstantSource clock) {
    this.reservations = reservations;
    this.release = release;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists reservations, newest first: those that hold headroom, where nothing is asked for.
  ///
  /// @param state only those that stand so, or `all`
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> state,
      @QueryValue Optional<String> cursor) {
    Workspace workspace = session.caller().workspace();
    Instant now = clock.instant();
    String chosen = state.filter(ReservationController::isKnown).orElse(held());
    Optional<ReservationStanding> standing =
        Optional.of(chosen)
            .filter(label -> !label.equals(ALL))
            .map(label -> Labels.parse(ReservationStanding.class, label));
    PageFrame frame = pages.frame(request, View.RESERVATIONS);
    Listing<Reservation> found =
        Listing.of(
            reservations.page(
                workspace.id(), standing, Cursor.parse(cursor).idBefore(), PAGE + 1, now),
            PAGE,
            reservation -> next(chosen, reservation));
    Map<UUID, List<HeldBudget>> budgets =
        reservations.budgets(workspace.id(), found.items().stream().map(Reservation::id).toList());
    return pages.show(
        request,
        frame,
        "reservations.jte",
        Map.of(
            "rows",
            found.map(
                each ->
                    ReservationRow.of(
                        each,
                        budgets.getOrDefault(each.id(), List.of()),
                        workspace.currency(),
                        ZoneId.of(workspace.timeZone()),
                        frame.text(),
                        now)),
            "states",
            states().toList(),
            "chosen",
            chosen));
  }

  private static String held() {
    return Labels.of(ReservationStanding.HELD);
  }

  private static Stream<String> states() {
    return Stream.concat(Stream.of(ReservationStanding.values()).map(Labels::of), Stream.of(ALL));
  }

  private static boolean isKnown(String state) {
    return states().anyMatch(state::equals);
  }

  private static String next(String state, Reservation behind) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("state", state);
    parameters.put("cursor", Cursor.at(behind.createdAt(), behind.id()));
    return Address.of(PATH, parameters);
  }

  /// Gives up what a reservation holds.
  @Post(value = "/{id}/release", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> release(Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Reservation asked = session.find(id, reservations::find, MISSING);
    try {
      Contention.retried(() -> release.run(session.caller(), asked.id(), clock.instant()));
    } catch (ReservationEndedException settled) {
      throw new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "problem.reservation-settled.detail");
    }
    return HttpResponse.seeOther(URI.create(PATH));
  }
}
