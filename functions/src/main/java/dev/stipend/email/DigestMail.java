package dev.stipend.email;

import dev.stipend.notify.AlertDigest;
import dev.stipend.notify.AlertText;
import dev.stipend.notify.Channel;
import io.micronaut.email.Email;
import java.util.List;
import java.util.Map;

/// Many alerts as one mail, a line each.
final class DigestMail {
  private DigestMail() {}

  static Email of(AlertDigest digest, Channel channel, Addresses addresses) {
    Email.Builder mail =
        Email.builder()
            .from(addresses.from())
            .subject(digest.headline(channel))
            .body(html(digest, channel), text(digest, channel));
    addresses.to().forEach(mail::to);
    return mail.build();
  }

  static String html(AlertDigest digest, Channel channel) {
    return AlertMail.render(
        "digest.jte",
        Map.of("headline", digest.headline(channel), "alerts", digest.texts(channel)));
  }

  static String text(AlertDigest digest, Channel channel) {
    List<AlertText> alerts = digest.texts(channel);
    StringBuilder text = new StringBuilder(digest.headline(channel)).append("\n\n");
    for (AlertText alert : alerts) {
      text.append(alert.subject()).append('\n');
      alert.link().ifPresent(link -> text.append("  ").append(link).append('\n'));
    }
    return text.append("\n-- \n").append(alerts.getFirst().wayOut()).append('\n').toString();
  }
}
