package dev.stipend.lambda;

import dev.stipend.http.SentBody;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.function.aws.proxy.ApiGatewayServletRequest;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Gives controllers a body that may be missing, for which Micronaut refuses the request whatever
/// the type of the argument.
@Singleton
final class SentBodyBinder
    implements TypedRequestArgumentBinder<SentBody>, PostponedRequestArgumentBinder<SentBody> {
  @Override
  public Argument<SentBody> argumentType() {
    return Argument.of(SentBody.class);
  }

  @Override
  public BindingResult<SentBody> bind(
      ArgumentConversionContext<SentBody> context, HttpRequest<?> source) {
    SentBody body = body(source);
    return () -> Optional.of(body);
  }

  private static SentBody body(HttpRequest<?> request) {
    if (request instanceof ApiGatewayServletRequest<?, ?, ?> gateway) {
      try {
        return SentBody.of(request, gateway.getBodyBytes());
      } catch (ApiGatewayServletRequest.EmptyBodyException none) {
        return SentBody.NONE;
      }
    }
    return SentBody.NONE;
  }
}
