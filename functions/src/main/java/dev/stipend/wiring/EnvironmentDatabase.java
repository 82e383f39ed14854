package dev.stipend.wiring;

import dev.stipend.notify.Secrets;
import dev.stipend.sql.DatabaseAddress;
import dev.stipend.sql.DatabaseUrl;
import jakarta.inject.Singleton;

/// The database as the environment names it.
@Singleton
class EnvironmentDatabase implements DatabaseAddress {
  private static final String DIRECT = "DATABASE_URL";
  private static final String POOLED = "DATABASE_URL_POOLED";

  private final Secrets secrets;

  EnvironmentDatabase(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public DatabaseUrl direct() {
    return read(DIRECT);
  }

  @Override
  public DatabaseUrl pooled() {
    return read(secrets.has(POOLED) ? POOLED : DIRECT);
  }

  private DatabaseUrl read(String name) {
    return secrets
        .find(name)
        .map(url -> DatabaseUrl.parse(name, url))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    name + " is not set; it is the URL of the PostgreSQL database"));
  }
}
