package dev.stipend.http.reservation;

import dev.stipend.enforcement.RequestKey;
import dev.stipend.enforcement.Reservation;
import dev.stipend.enforcement.ReservationRepository;
import dev.stipend.enforcement.ReservationStanding;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Idempotent;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.QueryParameters;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.web.Cursor;
import dev.stipend.usecase.Enforce;
import dev.stipend.usecase.SettleReservation;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// Holds headroom for work, and ends what is held.
@Controller("/api/reservations")
class ReservationController {
  private static final String PATH = "/api/reservations/";

  private final Enforce enforcement;
  private final ReservationRepository reservations;
  private final SettleReservation settling;
  private final Denials denials;
  private final JsonText json;

  ReservationController(
      Enforce enforcement,
      ReservationRepository reservations,
      SettleReservation settling,
      Denials denials,
      JsonText json) {
    this.enforcement = enforcement;
    this.reservations = reservations;
    this.settling = settling;
    this.denials = denials;
    this.json = json;
  }

  /// Holds headroom in all budgets that count the work, or in none.
  @Post
  HttpResponse<?> reserve(ApiRequest request) {
    Instant now = request.now();
    WorkRequest asked = WorkRequest.toReserve(request.json());
    if (request.hasOutage()) {
      return HttpResponse.ok(
          ValidationResponse.allowed(enforcement.withoutDatabase(request.caller(), asked.work())));
    }
    Optional<RequestKey> key =
        request.key().map(name -> new RequestKey(name, HexFormat.of().formatHex(request.digest())));
    ReserveOutcome outcome =
        enforcement.reserve(
            request.caller(),
            asked.work(),
            now.plus(asked.ttl()),
            key,
            now,
            reserved -> json.write(ReservationResponse.of(reserved, now)));
    return switch (outcome) {
      case ReserveOutcome.Reserved reserved ->
          HttpResponse.created(
              ReservationResponse.of(reserved, now),
              URI.create(PATH + reserved.reservation().id()));
      case ReserveOutcome.Refused refused ->
          denials.response(request.workspace(), refused.decision(), now);
      case ReserveOutcome.Repeated repeated ->
          HttpResponse.<String>created(repeated.answer())
              .contentType(MediaType.APPLICATION_JSON_TYPE)
              .header(Idempotent.REPLAYED, "true");
      case ReserveOutcome.Unverified open ->
          HttpResponse.ok(ValidationResponse.allowed(open.decision()));
    };
  }

  /// Lists reservations, newest first.
  ///
  /// @param state only those that are `held`, `expired`, `settled` or `released`
  @Get
  Page<ReservationResponse> list(
      ApiRequest request, @QueryValue Optional<String> state, PageRequest page) {
    Optional<ReservationStanding> only =
        QueryParameters.choice("state", state, Labels.choices(ReservationStanding.class));
    return page.of(
        reservations.page(
            request.workspaceId(), only, page.from().idBefore(), page.most(), request.now()),
        reservation -> Cursor.at(reservation.createdAt(), reservation.id()),
        reservation -> ReservationResponse.of(reservation, request.now()));
  }

  /// Shows a reservation.
  @Get("/{id}")
  ReservationResponse get(ApiRequest request, @PathVariable String id) {
    return ReservationResponse.of(
        request.find("reservation", id, reservations::find), request.now());
  }

  /// Records what the work used, and ends the hold.
  @Post("/{id}/settle")
  ReservationResponse settle(ApiRequest request, @PathVariable String id) {
    if (!(request.json() instanceof Map<?, ?> sent)) {
      throw new InvalidJsonException("", "A JSON object is expected.");
    }
    Instant now = request.now();
    return Contention.retried(
        () ->
            request.find(
                "reservation",
                id,
                (workspace, reservation) ->
                    settling
                        .settle(request.workspace(), reservation, sent, request.digest(), now)
                        .map(settlement -> ReservationResponse.of(settlement, now))));
  }

  /// Ends a hold without any cost. Once more changes nothing.
  @Post("/{id}/release")
  ReservationResponse release(ApiRequest request, @PathVariable String id) {
    return changed(
        request,
        id,
        (workspace, reservation) -> settling.release(workspace, reservation, request.now()));
  }

  /// Holds for `ttlSeconds` from now on, for the usual time where there is no body.
  @Post("/{id}/extend")
  ReservationResponse extend(ApiRequest request, @PathVariable String id) {
    JsonFields fields = JsonFields.of(request.jsonOr(Map.of()));
    Duration ttl = WorkRequest.ttl(fields);
    fields.refuseUnknown();
    fields.check();
    Instant now = request.now();
    return changed(
        request,
        id,
        (workspace, reservation) -> settling.extend(workspace, reservation, now.plus(ttl), now));
  }

  private static ReservationResponse changed(
      ApiRequest request, String id, BiFunction<UUID, UUID, Optional<Reservation>> change) {
    return Contention.retried(
        () -> ReservationResponse.of(request.find("reservation", id, change), request.now()));
  }
}
