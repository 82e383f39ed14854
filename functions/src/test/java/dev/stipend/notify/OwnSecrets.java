package dev.stipend.notify;

import dev.stipend.workspace.Workspace;

/// What channels of the workspace that the deployment's channels serve send with, for tests without
/// a database.
public final class OwnSecrets {
  private OwnSecrets() {}

  public static ChannelSecrets of(Secrets secrets) {
    return of(secrets, new Tenant(Workspace.DEFAULT_SLUG, true));
  }

  /// The same for another workspace.
  public static ChannelSecrets of(Secrets secrets, Tenant tenant) {
    return new ChannelSecrets(secrets, workspace -> tenant);
  }
}
