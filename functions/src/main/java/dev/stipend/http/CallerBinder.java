package dev.stipend.http;

import dev.stipend.tenant.Caller;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Gives controllers the caller whom {@link ApiKeyFilter} has recognised.
@Singleton
public final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
  private static final String ATTRIBUTE = Caller.class.getName();
  private static final String OUTAGE = ATTRIBUTE + ".outage";

  static void attach(HttpRequest<?> request, Caller caller) {
    request.setAttribute(ATTRIBUTE, caller);
  }

  /// Notes that the database did not answer when the caller was to be recognised.
  static void attachOutage(HttpRequest<?> request) {
    request.setAttribute(OUTAGE, true);
  }

  static boolean hasOutage(HttpRequest<?> request) {
    return request.getAttribute(OUTAGE).isPresent();
  }

  /// Whom the request is of; empty where it needs no key.
  public static Optional<Caller> caller(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Caller.class);
  }

  @Override
  public Argument<Caller> argumentType() {
    return Argument.of(Caller.class);
  }

  @Override
  public BindingResult<Caller> bind(
      ArgumentConversionContext<Caller> context, HttpRequest<?> source) {
    Optional<Caller> caller = caller(source);
    return () -> caller;
  }
}
