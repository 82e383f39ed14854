package dev.stipend.notification.webhook;

import dev.stipend.platform.network.PublicAddresses;
import jakarta.inject.Singleton;
import java.net.InetAddress;

/// Where webhooks may go: by HTTPS to the public internet. Nothing configures it; who develops on
/// one machine replaces the bean there.
@Singleton
public class Destinations {
  /// Whether requests may be made by this scheme of URLs.
  public boolean allowScheme(String scheme) {
    return scheme.equals("https");
  }

  /// Whether connections may be made to this address.
  public boolean allowAddress(InetAddress address) {
    return PublicAddresses.contain(address);
  }
}
