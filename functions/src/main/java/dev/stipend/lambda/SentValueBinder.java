package dev.stipend.lambda;

import dev.stipend.platform.json.InvalidJsonException;
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
import java.util.List;
import java.util.Optional;

/// Gives controllers single query parameters as they were sent. Micronaut cuts them at commas, as
/// HTTP APIs join repeated ones, and takes a number that is none for no number.
@Singleton
final class SentValueBinder
    implements AnnotatedRequestArgumentBinder<QueryValue, Optional<Object>>,
        TypedRequestArgumentBinder<Optional<Object>>,
        PostponedRequestArgumentBinder<Optional<Object>> {
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // one binder for optional values of all types
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
    List<String> values = SentQueryBinder.query(source).parameters().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new InvalidJsonException(name, "must be given once");
    }
    Argument<?> type = context.getArgument().getFirstTypeVariable().orElse(Argument.STRING);
    Optional<Object> value =
        values.stream()
            .findFirst()
            .map(sent -> type.getType() == Integer.class ? whole(name, sent) : sent);
    return () -> Optional.of(value);
  }

  private static Object whole(String name, String sent) {
    try {
      return Integer.valueOf(sent);
    } catch (NumberFormatException none) {
      throw new InvalidJsonException(name, "must be a whole number");
    }
  }
}
