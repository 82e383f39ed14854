package dev.stipend.platform.secrets;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Settings and secrets from the environment: `NAME` itself, or the secret whose ARN `NAME_ARN`
/// gives. A name that is an ARN itself is that of a secret.
@Singleton
public class EnvironmentSecrets implements Secrets {
  /// How long a fetched secret is used without asking again: secrets rotate.
  private static final Duration KEPT = Duration.ofMinutes(5);

  private record Fetched(String value, Instant until) {}

  private final Environment environment;
  private final BeanProvider<SecretsManagerClient> secretsManager;
  private final InstantSource clock;
  private final Map<String, Fetched> fetched = new ConcurrentHashMap<>();

  EnvironmentSecrets(
      Environment environment,
      BeanProvider<SecretsManagerClient> secretsManager,
      InstantSource clock) {
    this.environment = environment;
    this.secretsManager = secretsManager;
    this.clock = clock;
  }

  @Override
  public boolean has(String name) {
    return isArn(name) || property(name).isPresent() || property(name + "_ARN").isPresent();
  }

  @Override
  public Optional<String> find(String name) {
    Optional<String> value =
        isArn(name)
            ? Optional.of(secret(name))
            : property(name).or(() -> property(name + "_ARN").map(this::secret));
    return value.map(String::strip).filter(text -> !text.isEmpty());
  }

  /// Has all secrets fetched again when they are next asked for.
  public void forget() {
    fetched.clear();
  }

  private static boolean isArn(String name) {
    return name.startsWith(SecretName.ARN);
  }

  private String secret(String arn) {
    Instant now = clock.instant();
    return fetched
        .compute(arn, (key, known) -> isFresh(known, now) ? known : fetch(key, now))
        .value();
  }

  private static boolean isFresh(@Nullable Fetched known, Instant now) {
    return known != null && now.isBefore(known.until());
  }

  private Fetched fetch(String arn, Instant now) {
    String value =
        secretsManager.get().getSecretValue(request -> request.secretId(arn)).secretString();
    return new Fetched(value, now.plus(KEPT));
  }

  private Optional<String> property(String name) {
    String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
    return environment.getProperty(key, String.class).filter(value -> !value.isBlank());
  }
}
