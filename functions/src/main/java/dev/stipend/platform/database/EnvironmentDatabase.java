package dev.stipend.platform.database;

import dev.stipend.platform.secrets.EnvironmentSecrets;
import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.platform.sql.DatabaseUrl;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The database as the environment names it: by a URL, by a secret of RDS, or both, where the
/// secret has what the URL lacks. With `DATABASE_IAM_AUTH=true`, the password is a token that is
/// signed for each connection.
@Singleton
class EnvironmentDatabase implements DatabaseAddress {
  private static final String DIRECT = "DATABASE_URL";
  private static final String POOLED = "DATABASE_URL_POOLED";

  private final EnvironmentSecrets secrets;
  private final RdsTokens tokens;
  private final boolean signed;

  EnvironmentDatabase(
      EnvironmentSecrets secrets,
      RdsTokens tokens,
      @Value("${database.iam.auth:false}") boolean signed) {
    this.secrets = secrets;
    this.tokens = tokens;
    this.signed = signed;
  }

  @Override
  public DatabaseUrl direct() {
    return read(DIRECT);
  }

  @Override
  public DatabaseUrl pooled() {
    return read(isPooled() ? POOLED : DIRECT);
  }

  @Override
  public boolean isPooled() {
    return secrets.has(POOLED);
  }

  @Override
  public void forget() {
    secrets.forget();
  }

  private DatabaseUrl read(String name) {
    Optional<DatabaseUrl> given = secrets.find(name).map(url -> DatabaseUrl.parse(name, url));
    if (signed) {
      return tokens.sign(name, given.orElseThrow(() -> missing(name)));
    }
    if (given.filter(url -> url.password().isPresent() || !hasSecret()).isPresent()) {
      return given.get();
    }
    DatabaseSecret secret =
        secrets
            .find(DatabaseSecret.NAME)
            .map(DatabaseSecret::parse)
            .orElseThrow(() -> missing(name));
    return given
        .map(url -> url.as(secret.user(), secret.password()))
        .orElseGet(() -> DatabaseUrl.parse(DatabaseSecret.NAME + "_ARN", secret.url()));
  }

  private boolean hasSecret() {
    return secrets.has(DatabaseSecret.NAME);
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException(
        name + " is not set; it is the URL of the PostgreSQL database");
  }
}
