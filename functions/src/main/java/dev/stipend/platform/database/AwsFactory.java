package dev.stipend.platform.database;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Makes the client of AWS Secrets Manager, over the HTTP client that starts fastest, and the
/// credentials that database tokens are signed with.
@Factory
final class AwsFactory {
  @Singleton
  @Bean(preDestroy = "close")
  SecretsManagerClient secretsManager() {
    return SecretsManagerClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Singleton
  AwsCredentialsProvider credentials() {
    return DefaultCredentialsProvider.builder().build();
  }
}
