package dev.stipend.notification.email;

import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.message.AlertDigest;
import dev.stipend.notification.message.AlertMessage;
import io.micronaut.email.Email;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many alerts as one mail, a line each.
final class DigestMail {
  private DigestMail() {}

  static Email of(AlertDigest digest, Channel channel, Addressee addressee) {
    return Email.builder()
        .from(addressee.from())
        .to(addressee.to())
        .subject(digest.headline(channel))
        .body(html(digest, channel, addressee.wayOut()), text(digest, channel, addressee.wayOut()))
        .build();
  }

  static String html(AlertDigest digest, Channel channel, Optional<String> wayOut) {
    return AlertMail.render(
        "digest.jte",
        Map.of(
            "headline",
            digest.headline(channel),
            "alerts",
            digest.texts(channel),
            "unsubscribe",
            wayOut.orElse("")));
  }

  static String text(AlertDigest digest, Channel channel, Optional<String> wayOut) {
    List<AlertMessage> alerts = digest.texts(channel);
    StringBuilder text = new StringBuilder(digest.headline(channel)).append("\n\n");
    for (AlertMessage alert : alerts) {
      text.append(alert.subject()).append('\n');
      alert.link().ifPresent(link -> text.append("  ").append(link).append('\n'));
    }
    return text.append("\n-- \n").append(AlertMail.wayOut(alerts.getFirst(), wayOut)).toString();
  }
}
