package dev.stipend.tenant;

import dev.stipend.migration.DeployedHook;
import dev.stipend.platform.secrets.Secrets;
import jakarta.inject.Singleton;

/// Gives a fresh installation its first key: `ADMIN_API_KEY`, of the user `ADMIN_USER_ID` if that
/// is set.
@Singleton
class BootstrapAdminKey implements DeployedHook {
  private final Secrets secrets;
  private final ApiKeys keys;

  BootstrapAdminKey(Secrets secrets, ApiKeys keys) {
    this.secrets = secrets;
    this.keys = keys;
  }

  @Override
  public void deployed() {
    secrets
        .find("ADMIN_API_KEY")
        .ifPresent(
            key ->
                keys.ensure(
                    Workspace.DEFAULT_SLUG, key, Role.ADMIN, secrets.find("ADMIN_USER_ID")));
  }
}
