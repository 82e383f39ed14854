package dev.stipend.lambda;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.bind.binders.AnnotatedRequestArgumentBinder;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Gives controllers single query parameters as they were sent. Micronaut cuts them at commas, as
/// HTTP APIs join repeated ones.
@Singleton
final class SentValueBinder
    implements AnnotatedRequestArgumentBinder<QueryValue, Optional<Object>>,
        TypedRequestArgumentBinder<Optional<Object>>,
        PostponedRequestArgumentBinder<Optional<Object>> {
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // the values are texts
  public Argument<Optional<Object>> argumentType() {
    return (Argument) Argument.of(Optional.class);
  }

  @Override
  public Class<QueryValue> getAnnotationType() {
    return QueryValue.class;
  }

  @Override
  public BindingResult<Optional<Object>> bind(
      ArgumentConversionContext<Optional<Object>> context, HttpRequest<?> source) {
    AnnotationMetadata annotations = context.getAnnotationMetadata();
    String name = annotations.stringValue(Bindable.class).orElse(context.getArgument().getName());
    Optional<Object> value = SentQueryBinder.query(source).only(name).map(sent -> sent);
    return () -> Optional.of(value);
  }
}
