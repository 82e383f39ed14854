package dev.stipend.local;

import dev.stipend.notification.webhook.Destinations;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.net.InetAddress;

/// Lets webhooks go to the catcher on this machine, besides where they may go anyway. It is part of
/// what stands in for AWS, and not of what is deployed.
@Replaces(Destinations.class)
@Singleton
final class LocalDestinations extends Destinations {
  @Override
  public boolean allowScheme(String scheme) {
    return super.allowScheme(scheme) || scheme.equals("http");
  }

  @Override
  public boolean allowAddress(InetAddress address) {
    return super.allowAddress(address) || address.isLoopbackAddress();
  }
}
