package dev.stipend.lambda;

import dev.stipend.http.PageRequest;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Gives controllers the page that is asked for.
@Singleton
final class PageRequestBinder
    implements TypedRequestArgumentBinder<PageRequest>,
        PostponedRequestArgumentBinder<PageRequest> {
  @Override
  public Argument<PageRequest> argumentType() {
    return Argument.of(PageRequest.class);
  }

  @Override
  public BindingResult<PageRequest> bind(
      ArgumentConversionContext<PageRequest> context, HttpRequest<?> source) {
    PageRequest page = PageRequest.of(SentQueryBinder.query(source));
    return () -> Optional.of(page);
  }
}
