package dev.stipend.http;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/// Answers Micronaut's own errors (no such path, wrong method, body too large) as problems too.
@Primary
@Singleton
class StatusProblems implements ErrorResponseProcessor<Problem> {
  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = response.status();
    return switch (status) {
      case NOT_FOUND -> ProblemKind.NOT_FOUND.response("There is no endpoint at this path.");
      case METHOD_NOT_ALLOWED ->
          ProblemKind.METHOD_NOT_ALLOWED.response(
              "See the API description for the supported methods.");
      case NOT_ACCEPTABLE ->
          ProblemKind.NOT_ACCEPTABLE.response("Send Accept: application/json, or leave it out.");
      case UNSUPPORTED_MEDIA_TYPE ->
          ProblemKind.UNSUPPORTED_MEDIA_TYPE.response("Send Content-Type: application/json.");
      case REQUEST_ENTITY_TOO_LARGE ->
          ProblemKind.TOO_LARGE.response("Send less at once: a request may have at most 6 MB.");
      default ->
          status.getCode() < HttpStatus.INTERNAL_SERVER_ERROR.getCode()
              // What Micronaut says of it names its own classes.
              ? ProblemKind.INVALID_REQUEST.response(
                  "The request cannot be understood: its path, its query or a header is malformed.")
              : ProblemKind.INTERNAL.response("The log has the cause.");
    };
  }
}
