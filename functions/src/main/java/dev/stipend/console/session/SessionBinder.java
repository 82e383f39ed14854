package dev.stipend.console.session;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Gives controllers the session that {@link SessionFilter} has found.
@Singleton
public final class SessionBinder implements TypedRequestArgumentBinder<Session> {
  private static final String ATTRIBUTE = Session.class.getName();

  static void attach(HttpRequest<?> request, Session session) {
    request.setAttribute(ATTRIBUTE, session);
  }

  /// Whom a request is of; empty where nobody is signed in, or nobody has asked.
  public static Optional<Session> session(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, Session.class);
  }

  @Override
  public Argument<Session> argumentType() {
    return Argument.of(Session.class);
  }

  @Override
  public BindingResult<Session> bind(
      ArgumentConversionContext<Session> context, HttpRequest<?> source) {
    Optional<Session> session = session(source);
    return () -> session;
  }
}
