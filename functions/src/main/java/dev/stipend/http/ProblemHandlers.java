package dev.stipend.http;

import dev.stipend.budget.UnreadableBudgetException;
import dev.stipend.enforcement.EventTakenException;
import dev.stipend.enforcement.ReservationEndedException;
import dev.stipend.enforcement.UnknownPriceException;
import dev.stipend.enforcement.UnverifiableException;
import dev.stipend.platform.database.SchemaOutdatedException;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.sql.Contention;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.tenant.KeyReusedException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.server.exceptions.NotAcceptableException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.http.server.exceptions.NotFoundException;
import io.micronaut.http.server.exceptions.UnsupportedMediaException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns what goes wrong into problems.
@Controller
class ProblemHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);

  /// What is asked of callers while the database does not answer.
  private static final int OUTAGE_SECONDS = 5;

  @Error(global = true)
  HttpResponse<Problem> invalid(InvalidJsonException invalid) {
    return ProblemKind.INVALID_REQUEST.response(invalid.summary(), invalid.errors());
  }

  @Error(global = true)
  HttpResponse<Problem> problem(ProblemException problem) {
    return problem.kind().response(problem.detail());
  }

  @Error(global = true)
  HttpResponse<Problem> unverifiable(UnverifiableException unverifiable) {
    return later(
        ProblemKind.UNVERIFIED.response(
            unverifiable.getMessage() + " Nothing is held; try again in a few seconds."),
        OUTAGE_SECONDS);
  }

  @Error(global = true)
  HttpResponse<Problem> unreadable(UnreadableBudgetException unreadable) {
    LOG.error("A request needs a budget that cannot be read", unreadable);
    return ProblemKind.CONFLICT.response(
        "This release cannot do that: " + unreadable.getMessage() + ".");
  }

  @Error(global = true)
  HttpResponse<Problem> unpriced(UnknownPriceException unpriced) {
    String reason = String.valueOf(unpriced.getMessage());
    return ProblemKind.INVALID_REQUEST.response(
        "model " + reason, List.of(new FieldError("model", reason)));
  }

  @Error(global = true)
  HttpResponse<Problem> ended(ReservationEndedException ended) {
    return ProblemKind.RESERVATION_ENDED.response(String.valueOf(ended.getMessage()));
  }

  @Error(global = true)
  HttpResponse<Problem> taken(EventTakenException taken) {
    return ProblemKind.CONFLICT.response(String.valueOf(taken.getMessage()));
  }

  @Error(global = true)
  HttpResponse<Problem> keyReused(KeyReusedException reused) {
    return ProblemKind.KEY_REUSED.response(String.valueOf(reused.getMessage()));
  }

  @Error(global = true)
  HttpResponse<Problem> noSuchPath(NotFoundException nothing) {
    return ProblemKind.NOT_FOUND.response("There is no endpoint at this path.");
  }

  @Error(global = true)
  HttpResponse<Problem> wrongMethod(NotAllowedException method) {
    return ProblemKind.METHOD_NOT_ALLOWED
        .response("Supported methods: " + String.join(", ", method.getAllowedMethods()) + ".")
        .header(HttpHeaders.ALLOW, String.join(", ", method.getAllowedMethods()));
  }

  @Error(global = true)
  HttpResponse<Problem> wrongAnswer(NotAcceptableException types) {
    return ProblemKind.NOT_ACCEPTABLE.response("Send Accept: application/json, or leave it out.");
  }

  @Error(global = true)
  HttpResponse<Problem> wrongType(UnsupportedMediaException type) {
    return ProblemKind.UNSUPPORTED_MEDIA_TYPE.response("Send Content-Type: application/json.");
  }

  @Error(global = true)
  HttpResponse<Problem> wrongArgument(ConversionErrorException wrong) {
    return ProblemKind.INVALID_REQUEST.response(
        wrong.getArgument().getName() + " is malformed",
        List.of(new FieldError(wrong.getArgument().getName(), "is malformed")));
  }

  @Error(global = true)
  HttpResponse<Problem> missingArgument(UnsatisfiedRouteException missing) {
    String name = missing.getArgument().getName();
    return ProblemKind.INVALID_REQUEST.response(
        name + " is required", List.of(new FieldError(name, "is required")));
  }

  @Error(global = true)
  HttpResponse<Problem> unreadableBody(CodecException unreadable) {
    return ProblemKind.INVALID_REQUEST.response("The body is missing or cannot be read.");
  }

  @Error(global = true)
  HttpResponse<Problem> unexpected(HttpRequest<?> request, Throwable failure) {
    Optional<SchemaOutdatedException> outdated = cause(failure, SchemaOutdatedException.class);
    LOG.error("{} {} failed", request.getMethodName(), request.getPath(), failure);
    if (outdated.isPresent()) {
      return ProblemKind.UNAVAILABLE.response(String.valueOf(outdated.get().getMessage()));
    }
    return switch (FailureCause.of(failure)) {
      case CONTENTION ->
          later(
              ProblemKind.BUSY.response("Send the same request again in a moment."),
              Contention.COME_AGAIN_SECONDS);
      case OUTAGE ->
          later(ProblemKind.UNAVAILABLE.response("Try again in a few seconds."), OUTAGE_SECONDS);
      case REFUSAL, DEFECT -> ProblemKind.INTERNAL.response("The log has the cause.");
    };
  }

  private static HttpResponse<Problem> later(MutableHttpResponse<Problem> problem, int seconds) {
    return problem.header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
    }
    return Optional.empty();
  }
}
