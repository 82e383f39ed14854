package dev.stipend.http.usage;

import dev.stipend.http.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Answers problems of exports in protocol buffers as their exporters expect them.
@ServerFilter("/v1/**")
final class OtlpProblems {
  private static final int INVALID_ARGUMENT = 3;
  private static final int NOT_FOUND = 5;
  private static final int PERMISSION_DENIED = 7;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;
  private static final int UNAUTHENTICATED = 16;

  @ResponseFilter
  void encode(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.body() instanceof Problem problem && OtlpExports.isProtobuf(request)) {
      response
          .contentType(OtlpExports.PROTOBUF)
          .body(OtlpProtobuf.status(code(response.status()), problem.detail()));
    }
  }

  private static int code(HttpStatus status) {
    return switch (status) {
      case UNAUTHORIZED -> UNAUTHENTICATED;
      case FORBIDDEN -> PERMISSION_DENIED;
      case NOT_FOUND -> NOT_FOUND;
      case SERVICE_UNAVAILABLE -> UNAVAILABLE;
      case INTERNAL_SERVER_ERROR -> INTERNAL;
      default -> INVALID_ARGUMENT;
    };
  }
}
