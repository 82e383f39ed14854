package dev.stipend.notification.webhook;

import dev.stipend.platform.network.GuardedSockets;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/// Makes the one client of webhooks, which connects to allowed addresses only.
@Factory
final class WebhookClient {
  /// @param timeout how long one request may take in all
  @Bean
  @Singleton
  OkHttpClient webhookClient(
      Destinations destinations, @Value("${webhook.timeout:10s}") Duration timeout) {
    return guarded(new OkHttpClient.Builder().callTimeout(timeout), destinations);
  }

  static OkHttpClient guarded(OkHttpClient.Builder base, Destinations destinations) {
    return base.socketFactory(new GuardedSockets(destinations::allowAddress))
        // A proxy would resolve the name again, and connect to where it likes.
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        // The call's own limit is the only one.
        .connectTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        // Nothing stays open: between two alerts a function may sleep for hours.
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .build();
  }
}
