package dev.stipend.http;

import dev.stipend.platform.json.FieldError;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Every kind of problem that the API answers with, each with its status and its name in `type`.
public enum ProblemKind {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "A valid API key is needed"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "This key may not do that"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not support that method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable response type"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON"),
  CONFLICT(HttpStatus.CONFLICT, "The request conflicts with the current state"),
  RESERVATION_ENDED(HttpStatus.CONFLICT, "The reservation has ended"),
  BUDGET_EXCEEDED(HttpStatus.PAYMENT_REQUIRED, "A budget would be exceeded"),
  UNVERIFIED(HttpStatus.SERVICE_UNAVAILABLE, "The limit could not be verified"),
  KEY_REUSED(HttpStatus.CONFLICT, "This idempotency key was used for another request"),
  PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "It was changed after you read it"),
  TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "The request is too large"),
  BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Other requests hold what this one needs"),
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

  private static final String TYPES = "https://stipend.dev/problems/";

  private final HttpStatus status;
  private final String title;

  ProblemKind(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public int code() {
    return status.getCode();
  }

  public String title() {
    return title;
  }

  /// Its name in the API's description, such as `InvalidRequest`.
  public String label() {
    return Arrays.stream(name().split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /// The name of the kind in problems.
  public String type() {
    return TYPES + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public MutableHttpResponse<Problem> response(String detail) {
    return response(detail, List.of());
  }

  public MutableHttpResponse<Problem> response(String detail, List<FieldError> errors) {
    return response(problem(detail, errors));
  }

  /// Answers with a problem that has more to tell.
  public <T> MutableHttpResponse<T> response(T problem) {
    return HttpResponse.<T>status(status).contentType(Problem.MEDIA_TYPE).body(problem);
  }

  public Problem problem(String detail, List<FieldError> errors) {
    return new Problem(type(), title, status.getCode(), detail, errors);
  }
}
