package dev.stipend.notification.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// Makes the one client of Slack.
@Factory
public final class SlackClient {
  /// The client.
  ///
  /// @param timeout how long one request may take in all
  /// @param api where Slack's methods are
  @Singleton
  @Bean(preDestroy = "close")
  public static Slack slack(
      @Value("${slack.timeout:10s}") Duration timeout,
      @Value("${slack.api.url:`https://slack.com/api/`}") String api) {
    int millis = Math.toIntExact(timeout.toMillis());
    SlackConfig config = new SlackConfig();
    config.setHttpClientCallTimeoutMillis(millis);
    config.setHttpClientReadTimeoutMillis(millis);
    config.setHttpClientWriteTimeoutMillis(millis);
    config.setMethodsEndpointUrlPrefix(api.endsWith("/") ? api : api + "/");
    // The SDK's own listeners log the webhook's address, and its statistics keep threads and ask
    // who a token belongs to before each first use.
    config.setHttpClientResponseHandlers(List.of());
    config.setStatsEnabled(false);
    return Slack.getInstance(config);
  }

  private SlackClient() {}
}
