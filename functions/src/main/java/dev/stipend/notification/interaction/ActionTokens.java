package dev.stipend.notification.interaction;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.platform.secrets.Hmac;
import dev.stipend.platform.secrets.Secrets;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// Names of deliveries that people's answers carry back. They are signed, so that nobody who may
/// post by the same app, for another workspace for example, can make one up.
@Singleton
public class ActionTokens {
  /// The secret that Slack signs requests with.
  public static final String SECRET = "SLACK_SIGNING_SECRET";

  private static final String PREFIX = "stipend-ticket-1";
  private static final int PARTS = 4;

  private final Secrets secrets;

  ActionTokens(Secrets secrets) {
    this.secrets = secrets;
  }

  /// The ticket of an alert in a channel; empty while nobody could answer.
  public Optional<String> issue(Channel channel, UUID alert) {
    return secrets
        .find(SECRET)
        .map(
            secret -> {
              String name = channel.workspaceId() + "." + alert + "." + channel.id();
              return name + "." + signature(secret, name);
            });
  }

  /// The delivery that a ticket names, if it was issued here.
  public Optional<DeliveryKey> read(String ticket) {
    String[] parts = ticket.split("\\.", -1);
    Optional<String> secret = secrets.find(SECRET);
    if (parts.length != PARTS || secret.isEmpty()) {
      return Optional.empty();
    }
    String signed = signature(secret.get(), parts[0] + "." + parts[1] + "." + parts[2]);
    return MessageDigest.isEqual(
            signed.getBytes(StandardCharsets.UTF_8), parts[3].getBytes(StandardCharsets.UTF_8))
        ? Optional.of(
            new DeliveryKey(
                UUID.fromString(parts[0]),
                UUID.fromString(parts[1]),
                UUID.fromString(parts[2]),
                Purpose.RAISED))
        : Optional.empty();
  }

  private static String signature(String secret, String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Hmac.sha256(
                secret.getBytes(StandardCharsets.UTF_8),
                (PREFIX + "." + name).getBytes(StandardCharsets.UTF_8)));
  }
}
