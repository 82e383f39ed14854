package dev.stipend.notification.channel;

import dev.stipend.notification.email.MailProgress;
import dev.stipend.platform.secrets.Secrets;
import dev.stipend.platform.secrets.Tenant;
import dev.stipend.platform.web.PublicAddress;
import dev.stipend.tenant.Workspace;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// What channels of the workspace that the deployment's channels serve send with, for tests without
/// a database.
public final class OwnSecrets {
  private OwnSecrets() {}

  public static ChannelSecrets of(Secrets secrets) {
    return of(secrets, new Tenant(Workspace.DEFAULT_SLUG, true));
  }

  /// Links to nowhere, or below an address.
  public static UnsubscribeLinks links(String... base) {
    return new UnsubscribeLinks(
        () -> new byte[32], new PublicAddress(null, Arrays.stream(base).findFirst().orElse(null)));
  }

  /// Remembers who has a mail while a test runs.
  public static MailProgress progress() {
    Set<String> told = new HashSet<>();
    return new MailProgress() {
      @Override
      public Set<String> told(Channel channel, String notice, Instant now) {
        return Set.copyOf(told);
      }

      @Override
      public void note(Channel channel, String notice, Collection<String> addresses, Instant now) {
        told.addAll(addresses);
      }

      @Override
      public void forget(Channel channel, String notice) {
        told.clear();
      }
    };
  }

  /// The same for another workspace.
  public static ChannelSecrets of(Secrets secrets, Tenant tenant) {
    return new ChannelSecrets(secrets, workspace -> tenant);
  }
}
