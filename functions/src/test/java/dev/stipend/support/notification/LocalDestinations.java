package dev.stipend.support.notification;

import dev.stipend.notification.webhook.Destinations;
import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.net.InetAddress;

/// Lets webhooks go to the test servers of this machine, besides where they may go anyway.
@Replaces(Destinations.class)
@Singleton
public class LocalDestinations extends Destinations {
  @Override
  public boolean allowScheme(String scheme) {
    return super.allowScheme(scheme) || scheme.equals("http");
  }

  @Override
  public boolean allowAddress(InetAddress address) {
    return super.allowAddress(address) || address.isLoopbackAddress();
  }
}
