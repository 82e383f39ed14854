package dev.stipend.lambda;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Audited;
import dev.stipend.http.CallerBinder;
import dev.stipend.http.Idempotent;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.function.aws.proxy.ApiGatewayServletRequest;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// Gives controllers the request with its caller and its body. Micronaut refuses a request without
/// a body whatever the type of the argument, and does not inflate one.
@Singleton
final class ApiRequestBinder
    implements TypedRequestArgumentBinder<ApiRequest>, PostponedRequestArgumentBinder<ApiRequest> {
  private final Idempotent idempotent;
  private final Audited audited;
  private final InstantSource clock;

  ApiRequestBinder(Idempotent idempotent, Audited audited, InstantSource clock) {
    this.idempotent = idempotent;
    this.audited = audited;
    this.clock = clock;
  }

  @Override
  public Argument<ApiRequest> argumentType() {
    return Argument.of(ApiRequest.class);
  }

  @Override
  public BindingResult<ApiRequest> bind(
      ArgumentConversionContext<ApiRequest> context, HttpRequest<?> source) {
    Optional<ApiRequest> request =
        CallerBinder.caller(source)
            .map(
                caller ->
                    new ApiRequest(
                        caller, source, () -> body(source), clock.instant(), idempotent, audited));
    return () -> request;
  }

  private static byte[] body(HttpRequest<?> request) {
    if (request instanceof ApiGatewayServletRequest<?, ?, ?> gateway) {
      try {
        return gateway.getBodyBytes();
      } catch (ApiGatewayServletRequest.EmptyBodyException none) {
        return new byte[0];
      }
    }
    return new byte[0];
  }
}
