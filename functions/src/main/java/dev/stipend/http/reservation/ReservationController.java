package dev.stipend.http.reservation;

import dev.stipend.enforcement.RequestKey;
import dev.stipend.enforcement.ReservationRepository;
import dev.stipend.enforcement.ReservationStanding;
import dev.stipend.enforcement.ReserveOutcome;
import dev.stipend.http.CallerBinder;
import dev.stipend.http.Cursor;
import dev.stipend.http.Idempotent;
import dev.stipend.http.Ids;
import dev.stipend.http.Page;
import dev.stipend.http.ProblemException;
import dev.stipend.http.QueryParameters;
import dev.stipend.http.SentBody;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Contention;
import dev.stipend.tenant.Caller;
import dev.stipend.usecase.Enforce;
import dev.stipend.usecase.SettleReservation;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Holds headroom for work, and ends what is held.
@Controller("/api/reservations")
class ReservationController {
  private static final String PATH = "/api/reservations/";

  private final Enforce enforcement;
  private final ReservationRepository reservations;
  private final SettleReservation settling;
  private final Denials denials;
  private final JsonText json;
  private final InstantSource clock;

  ReservationController(
      Enforce enforcement,
      ReservationRepository reservations,
      SettleReservation settling,
      Denials denials,
      JsonText json,
      InstantSource clock) {
    this.enforcement = enforcement;
    this.reservations = reservations;
    this.settling = settling;
    this.denials = denials;
    this.json = json;
    this.clock = clock;
  }

  /// Holds headroom in all budgets that count the work, or in none.
  @Post
  HttpResponse<?> reserve(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    WorkRequest asked = WorkRequest.toReserve(ExactJson.parse(body));
    if (CallerBinder.hasOutage(request)) {
      return HttpResponse.ok(
          ValidationResponse.allowed(enforcement.withoutDatabase(caller, asked.work())));
    }
    Optional<RequestKey> key =
        Idempotent.keyOf(request)
            .map(
                name ->
                    new RequestKey(
                        name, HexFormat.of().formatHex(Idempotent.digest(request, body))));
    ReserveOutcome outcome =
        enforcement.reserve(
            caller,
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
          denials.response(caller.workspace(), refused.decision(), now);
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
      Caller caller,
      @QueryValue Optional<String> state,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Instant now = clock.instant();
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    Optional<ReservationStanding> only =
        QueryParameters.choice("state", state, Labels.choices(ReservationStanding.class));
    return Page.of(
        reservations.page(caller.workspace().id(), only, from.idBefore(), most + 1, now),
        most,
        reservation -> Cursor.at(reservation.createdAt(), reservation.id()),
        reservation -> ReservationResponse.of(reservation, now));
  }

  /// Shows a reservation.
  @Get("/{id}")
  ReservationResponse get(Caller caller, @PathVariable String id) {
    return Ids.parse(id)
        .flatMap(uuid -> reservations.find(caller.workspace().id(), uuid))
        .map(reservation -> ReservationResponse.of(reservation, clock.instant()))
        .orElseThrow(() -> missing(id));
  }

  /// Records what the work used, and ends the hold.
  @Post("/{id}/settle")
  ReservationResponse settle(
      Caller caller, HttpRequest<?> request, @PathVariable String id, @Body String body) {
    Instant now = clock.instant();
    if (!(ExactJson.parse(body) instanceof Map<?, ?> sent)) {
      throw new InvalidJsonException("", "A JSON object is expected.");
    }
    UUID reservation = Ids.parse(id).orElseThrow(() -> missing(id));
    byte[] digest = Idempotent.digest(request, body);
    return Contention.retried(
        () ->
            settling
                .settle(caller.workspace(), reservation, sent, digest, now)
                .map(settlement -> ReservationResponse.of(settlement, now))
                .orElseThrow(() -> missing(id)));
  }

  /// Ends a hold without any cost. Once more changes nothing.
  @Post("/{id}/release")
  ReservationResponse release(Caller caller, @PathVariable String id) {
    Instant now = clock.instant();
    return Ids.parse(id)
        .flatMap(
            uuid -> Contention.retried(() -> settling.release(caller.workspace().id(), uuid, now)))
        .map(reservation -> ReservationResponse.of(reservation, now))
        .orElseThrow(() -> missing(id));
  }

  /// Holds for `ttlSeconds` from now on, for the usual time where there is no body.
  @Post("/{id}/extend")
  ReservationResponse extend(Caller caller, @PathVariable String id, SentBody body) {
    Instant now = clock.instant();
    JsonFields fields =
        JsonFields.of(body.text().isBlank() ? Map.of() : ExactJson.parse(body.text()));
    Duration ttl = WorkRequest.ttl(fields);
    fields.refuseUnknown();
    fields.check();
    return Ids.parse(id)
        .flatMap(
            uuid ->
                Contention.retried(
                    () -> settling.extend(caller.workspace().id(), uuid, now.plus(ttl), now)))
        .map(reservation -> ReservationResponse.of(reservation, now))
        .orElseThrow(() -> missing(id));
  }

  private static ProblemException missing(String id) {
    return ProblemException.missing("reservation", id);
  }
}
