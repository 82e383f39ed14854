package dev.stipend.queue;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Makes the SQS client, over the HTTP client that starts fastest.
@Factory
final class SqsClientFactory {
  @Singleton
  @Bean(preDestroy = "close")
  SqsClient sqsClient() {
    return SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }
}
