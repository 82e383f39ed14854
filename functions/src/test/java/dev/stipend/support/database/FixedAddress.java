package dev.stipend.support.database;

import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.platform.sql.DatabaseUrl;

/// The address of a database that does not change.
public record FixedAddress(String url) implements DatabaseAddress {
  @Override
  public DatabaseUrl direct() {
    return DatabaseUrl.parse("DATABASE_URL", url);
  }

  @Override
  public DatabaseUrl pooled() {
    return direct();
  }

  @Override
  public boolean isPooled() {
    return false;
  }

  @Override
  public void forget() {
    // There is nothing to read again.
  }
}
