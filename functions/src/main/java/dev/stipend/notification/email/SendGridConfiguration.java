package dev.stipend.notification.email;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.http.client.HttpClientConfiguration;
import java.time.Duration;

/// How the HTTP client treats SendGrid: its answers are values, not exceptions, and nobody waits
/// longer than some seconds. Properties below `sendgrid`, such as `sendgrid.read-timeout`, change
/// it.
@ConfigurationProperties("sendgrid")
class SendGridConfiguration extends HttpClientConfiguration {
  SendGridConfiguration() {
    setConnectTimeout(Duration.ofSeconds(5));
    setReadTimeout(Duration.ofSeconds(10));
    setExceptionOnErrorStatus(false);
    // A redirect would carry the key to somewhere else.
    setFollowRedirects(false);
  }

  @Override
  public ConnectionPoolConfiguration getConnectionPoolConfiguration() {
    return new ConnectionPoolConfiguration();
  }
}
