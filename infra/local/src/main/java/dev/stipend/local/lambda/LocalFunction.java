package dev.stipend.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.stipend.local.template.FunctionResource;
import io.micronaut.context.ApplicationContext;
import org.jspecify.annotations.Nullable;

/// One function of the template behind its real handler class.
///
/// @param <I> the event
/// @param <O> the answer
public final class LocalFunction<I, O> {

  private final FunctionResource resource;
  private final RequestHandler<I, O> handler;

  public LocalFunction(FunctionResource resource, RequestHandler<I, O> handler) {
    this.resource = resource;
    this.handler = handler;
  }

  /// Creates the handler on the shared context. The event types are the caller's word, as on
  /// Lambda.
  ///
  /// @throws IllegalStateException when the class is not a handler with a constructor that takes
  ///     the context
  public static <I, O> LocalFunction<I, O> create(
      FunctionResource resource, ApplicationContext context) {
    try {
      @SuppressWarnings("unchecked")
      RequestHandler<I, O> handler =
          (RequestHandler<I, O>)
              Class.forName(resource.handler())
                  .asSubclass(RequestHandler.class)
                  .getConstructor(ApplicationContext.class)
                  .newInstance(context);
      return new LocalFunction<>(resource, handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(resource.handler() + " is not a usable handler", e);
    }
  }

  public String name() {
    return resource.logicalId();
  }

  /// Runs the handler on the calling thread.
  public @Nullable O invoke(I event) {
    return handler.handleRequest(event, InvocationContext.of(resource));
  }
}
