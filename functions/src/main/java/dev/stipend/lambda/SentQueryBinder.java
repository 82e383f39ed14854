package dev.stipend.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import dev.stipend.platform.web.SentQuery;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.function.aws.proxy.ApiGatewayServletRequest;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;

/// Gives controllers the query of API Gateway's event, which Micronaut does not keep.
@Singleton
final class SentQueryBinder
    implements TypedRequestArgumentBinder<SentQuery>, PostponedRequestArgumentBinder<SentQuery> {
  @Override
  public Argument<SentQuery> argumentType() {
    return Argument.of(SentQuery.class);
  }

  @Override
  public BindingResult<SentQuery> bind(
      ArgumentConversionContext<SentQuery> context, HttpRequest<?> source) {
    SentQuery query = query(source);
    return () -> Optional.of(query);
  }

  static SentQuery query(HttpRequest<?> request) {
    return SentQuery.parse(rawQuery(request));
  }

  private static String rawQuery(HttpRequest<?> request) {
    return request instanceof ApiGatewayServletRequest<?, ?, ?> gateway
            && gateway.getNativeRequest() instanceof APIGatewayV2HTTPEvent event
        ? Objects.requireNonNullElse(event.getRawQueryString(), "")
        : "";
  }
}
