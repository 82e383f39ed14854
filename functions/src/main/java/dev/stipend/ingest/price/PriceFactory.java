package dev.stipend.ingest.price;

import dev.stipend.ingest.price.list.PriceFile;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// Provides what the files in `prices` say; they are read once.
@Factory
final class PriceFactory {
  @Singleton
  Providers providers() {
    return Providers.read();
  }

  @Singleton
  ModelNames modelNames(Providers providers) {
    return new ModelNames(providers);
  }

  @Singleton
  PriceFile priceFile(Providers providers) {
    return new PriceFile(providers);
  }

  @Singleton
  PriceReader priceReader(Providers providers) {
    return new PriceReader(providers);
  }
}
