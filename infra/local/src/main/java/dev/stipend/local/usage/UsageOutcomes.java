package dev.stipend.local.usage;

import dev.stipend.ingest.record.UsageRecorded;
import io.micronaut.context.event.ApplicationEventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes on what became of usage events, as the functions announce it inside this process.
@Singleton
public final class UsageOutcomes implements ApplicationEventListener<UsageRecorded> {

  private final List<Consumer<UsageRecorded>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public void onApplicationEvent(UsageRecorded outcome) {
    listeners.forEach(listener -> listener.accept(outcome));
  }

  void listen(Consumer<UsageRecorded> listener) {
    listeners.add(listener);
  }

  void forget(Consumer<UsageRecorded> listener) {
    listeners.remove(listener);
  }
}
