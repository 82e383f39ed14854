package dev.stipend.notification.email;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.SesV2ClientBuilder;

/// Makes the SES client, over the HTTP client that starts fastest.
@Factory
final class SesClientFactory {
  /// @param timeout how long one mail may take in all
  @Singleton
  @Bean(preDestroy = "close")
  SesV2Client sesClient(@Value("${ses.timeout:10s}") Duration timeout) {
    return client(timeout).build();
  }

  static SesV2ClientBuilder client(Duration timeout) {
    return SesV2Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(timeout))
        .overrideConfiguration(
            settings ->
                settings
                    .apiCallTimeout(timeout)
                    // When to try again is decided elsewhere.
                    .retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
