package dev.stipend.wiring;

import dev.stipend.notify.Secrets;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Settings and secrets from the environment: `NAME` itself, or the secret whose ARN `NAME_ARN`
/// gives.
@Singleton
class EnvironmentSecrets implements Secrets {
  private final Environment environment;
  private final BeanProvider<SecretsManagerClient> secretsManager;
  private final Map<String, String> fetched = new ConcurrentHashMap<>();

  EnvironmentSecrets(Environment environment, BeanProvider<SecretsManagerClient> secretsManager) {
    this.environment = environment;
    this.secretsManager = secretsManager;
  }

  @Override
  public boolean has(String name) {
    return property(name).isPresent() || property(name + "_ARN").isPresent();
  }

  @Override
  public Optional<String> find(String name) {
    return property(name)
        .or(() -> property(name + "_ARN").map(arn -> fetched.computeIfAbsent(arn, this::fetch)));
  }

  private String fetch(String arn) {
    return secretsManager.get().getSecretValue(request -> request.secretId(arn)).secretString();
  }

  private Optional<String> property(String name) {
    String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return environment.getProperty(key, String.class).filter(value -> !value.isBlank());
  }
}
