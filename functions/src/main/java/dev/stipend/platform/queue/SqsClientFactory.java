package dev.stipend.platform.queue;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Makes the SQS client, over the HTTP client that starts fastest.
///
/// Requests wait for what it does, and everything that it does is done again by a sweep: a queue
/// that does not answer costs them a few seconds, not the SDK's two minutes.
@Factory
public final class SqsClientFactory {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 2;

  @Singleton
  @Bean(preDestroy = "close")
  public SqsClient sqsClient() {
    return SqsClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(PATIENCE).socketTimeout(PATIENCE))
        .overrideConfiguration(
            settings ->
                settings.retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build()))
        .build();
  }
}
