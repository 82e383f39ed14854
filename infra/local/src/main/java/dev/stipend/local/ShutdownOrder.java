package dev.stipend.local;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/// Lets everything around the functions stop before their context does. The handler of the HTTP
/// API closes the context in a shutdown hook of its own, which runs at the same time as ours and
/// would take the database connections away from running invocations.
@Singleton
final class ShutdownOrder implements ApplicationEventListener<ShutdownEvent> {

  private final AtomicReference<Runnable> first = new AtomicReference<>(() -> {});

  void first(Runnable stop) {
    first.set(stop);
  }

  @Override
  public void onApplicationEvent(ShutdownEvent event) {
    first.getAndSet(() -> {}).run();
  }
}
